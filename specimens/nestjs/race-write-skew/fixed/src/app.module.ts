import { Module } from '@nestjs/common'
import { database } from './database'
import { DoctorsController } from './doctors.controller'
import { DoctorsService } from './doctors.service'

@Module({ controllers: [DoctorsController], providers: [database, DoctorsService] })
export class AppModule {}
