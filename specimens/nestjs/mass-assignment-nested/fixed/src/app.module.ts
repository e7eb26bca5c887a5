import { Module } from '@nestjs/common'
import { LettersController } from './letters.controller'
import { SessionGuard } from './session.guard'
import { UsersController } from './users.controller'
import { UsersService } from './users.service'

@Module({ controllers: [UsersController, LettersController], providers: [UsersService, SessionGuard] })
export class AppModule {}
