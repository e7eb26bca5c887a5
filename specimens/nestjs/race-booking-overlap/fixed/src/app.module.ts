import { Module } from '@nestjs/common'
import { Database } from './database'
import { RoomsController } from './rooms.controller'
import { RoomsService } from './rooms.service'

@Module({ controllers: [RoomsController], providers: [Database, RoomsService] })
export class AppModule {}
