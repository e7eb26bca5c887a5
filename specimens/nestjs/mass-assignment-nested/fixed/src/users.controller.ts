import {
  BadRequestException,
  Body,
  Controller,
  ForbiddenException,
  Get,
  Post,
  Req,
  UseGuards,
} from '@nestjs/common'
import { type Asked, SessionGuard } from './session.guard'
import { NewUser, User, UsersService } from './users.service'

const view = ({ id, email, name }: User) => ({ id, email, name })

@Controller()
export class UsersController {
  constructor(private readonly users: UsersService) {}

  @Post('users')
  register(@Body() body: { user: NewUser }) {
    for (const name of ['email', 'password', 'name'] as const)
      if (typeof body.user?.[name] !== 'string')
        throw new BadRequestException(`user.${name} must be a string`)
    return { user: view(this.users.create(body.user)) }
  }

  @Post('users/login')
  logIn(@Body() body: { user: { email: string; password: string } }) {
    if (typeof body.user?.email !== 'string') throw new BadRequestException('user.email must be a string')
    if (typeof body.user.password !== 'string')
      throw new BadRequestException('user.password must be a string')
    return { user: { email: body.user.email, token: this.users.logIn(body.user.email, body.user.password) } }
  }

  @Get('user')
  @UseGuards(SessionGuard)
  me(@Req() { user }: Asked) {
    return { user: view(user) }
  }

  @Get('admin/users')
  @UseGuards(SessionGuard)
  all(@Req() { user }: Asked) {
    if (user.isAdmin !== true) throw new ForbiddenException()
    return { users: this.users.all().map(view) }
  }
}
