import { CanActivate, ExecutionContext, Injectable, UnauthorizedException } from '@nestjs/common'
import { User, UsersService } from './users.service'

export type Asked = { headers: Record<string, string | undefined>; user: User }

@Injectable()
export class SessionGuard implements CanActivate {
  constructor(private readonly users: UsersService) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<Asked>()
    const user = this.users.bySession(request.headers.authorization?.replace('Bearer ', '') ?? '')
    if (user === undefined) throw new UnauthorizedException()
    request.user = user
    return true
  }
}
