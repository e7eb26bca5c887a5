import { Module } from '@nestjs/common'
import { Database } from './database'
import { MessagesController } from './messages.controller'
import { Outbox } from './outbox'

@Module({ controllers: [MessagesController], providers: [Database, Outbox] })
export class AppModule {}
