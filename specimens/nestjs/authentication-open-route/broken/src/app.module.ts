import { Module } from '@nestjs/common'
import { AuthController } from './auth.controller'
import { AuthGuard } from './auth.guard'
import { EntriesController } from './entries.controller'
import { Users } from './users'

@Module({ controllers: [AuthController, EntriesController], providers: [AuthGuard, Users] })
export class AppModule {}
