import {
  type CanActivate,
  type ExecutionContext,
  ForbiddenException,
  Injectable,
  UnauthorizedException,
} from '@nestjs/common'
import { type Member, Store } from './store'

export type Asked = { headers: Record<string, string | undefined>; member: Member }

@Injectable()
export class MemberGuard implements CanActivate {
  constructor(protected readonly store: Store) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<Asked>()
    const member = this.store.sessions.get(request.headers.authorization?.replace(/^Bearer /, '') ?? '')
    if (member === undefined) throw new UnauthorizedException()
    request.member = member
    return true
  }
}

@Injectable()
export class AdminGuard extends MemberGuard {
  override canActivate(context: ExecutionContext): boolean {
    super.canActivate(context)
    if (context.switchToHttp().getRequest<Asked>().member.role !== 'admin') throw new ForbiddenException()
    return true
  }
}
