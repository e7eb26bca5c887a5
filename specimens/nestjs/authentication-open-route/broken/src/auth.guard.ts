import { type CanActivate, type ExecutionContext, Injectable, UnauthorizedException } from '@nestjs/common'
import { Users } from './users'

@Injectable()
export class AuthGuard implements CanActivate {
  constructor(private readonly users: Users) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest()
    request.token = (request.headers.authorization ?? '').replace(/^Bearer /, '')
    request.user = this.users.of(request.token)
    if (!request.user) throw new UnauthorizedException()
    return true
  }
}
