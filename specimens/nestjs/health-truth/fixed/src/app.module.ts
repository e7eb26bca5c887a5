import { Module } from '@nestjs/common'
import { Database } from './database'
import { HealthController } from './health.controller'
import { ParcelsController } from './parcels.controller'

@Module({ controllers: [HealthController, ParcelsController], providers: [Database] })
export class AppModule {}
