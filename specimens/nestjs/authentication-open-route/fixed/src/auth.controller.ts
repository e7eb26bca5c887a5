import {
  BadRequestException,
  Body,
  ConflictException,
  Controller,
  Get,
  HttpCode,
  HttpException,
  Post,
  Req,
  UnauthorizedException,
  UseGuards,
} from '@nestjs/common'
import { AuthGuard } from './auth.guard'
import { Users } from './users'

type Credentials = { email?: string; password?: string }

@Controller('auth')
export class AuthController {
  constructor(private readonly users: Users) {}

  @Post('register')
  register(@Body() { email, password }: Credentials) {
    if (typeof email !== 'string' || !email.includes('@'))
      throw new BadRequestException('email must be an address')
    if (typeof password !== 'string' || password.length < 8)
      throw new BadRequestException('password must be a string of 8 or more')
    if (!this.users.add(email, password)) throw new ConflictException('email is taken')
    return { email }
  }

  @Post('login')
  @HttpCode(200)
  login(@Body() { email, password }: Credentials) {
    if (this.users.isBlocked(String(email))) throw new HttpException('too many attempts', 429)
    const token = this.users.enter(String(email), String(password))
    if (token === null) throw new UnauthorizedException('email or password is wrong')
    return { token }
  }

  @Post('logout')
  @HttpCode(204)
  @UseGuards(AuthGuard)
  logout(@Req() request: { token: string }) {
    this.users.leave(request.token)
  }

  @Get('me')
  @UseGuards(AuthGuard)
  me(@Req() request: { user: { email: string } }) {
    return { email: request.user.email }
  }
}
