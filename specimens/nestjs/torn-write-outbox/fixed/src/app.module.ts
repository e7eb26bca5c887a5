import { Module } from '@nestjs/common'
import { Database } from './database'
import { TicketsController } from './tickets.controller'
import { TicketsService } from './tickets.service'

@Module({ controllers: [TicketsController], providers: [Database, TicketsService] })
export class AppModule {}
