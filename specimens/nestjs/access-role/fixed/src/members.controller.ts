import {
  Body,
  ConflictException,
  Controller,
  Get,
  HttpCode,
  Post,
  Req,
  UnauthorizedException,
  UseGuards,
} from '@nestjs/common'
import { type Asked, MemberGuard } from './guards'
import { Store } from './store'

type Credentials = { email: string; password: string }

@Controller()
export class MembersController {
  constructor(private readonly store: Store) {}

  @Post('register')
  register(@Body() { email, password }: Credentials) {
    if (this.store.members.some((member) => member.email === email)) throw new ConflictException()
    const member = { id: this.store.members.length + 1, email, password, role: 'member' as const }
    this.store.members.push(member)
    return { id: member.id, email }
  }

  @Post('login')
  @HttpCode(200)
  login(@Body() { email, password }: Credentials) {
    const member = this.store.members.find((one) => one.email === email && one.password === password)
    if (member === undefined) throw new UnauthorizedException()
    return { access_token: this.store.logIn(member) }
  }

  @Get('profile')
  @UseGuards(MemberGuard)
  profile(@Req() { member }: Asked) {
    return { id: member.id, email: member.email, role: member.role }
  }
}
