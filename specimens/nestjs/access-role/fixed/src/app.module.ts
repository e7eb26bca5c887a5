import { Module } from '@nestjs/common'
import { AdminController } from './admin.controller'
import { MembersController } from './members.controller'
import { NotesController } from './notes.controller'
import { Store } from './store'

@Module({ controllers: [MembersController, NotesController, AdminController], providers: [Store] })
export class AppModule {}
