import { Module } from '@nestjs/common'
import { Database } from './database'
import { InvoicesController } from './invoices.controller'
import { InvoicesService } from './invoices.service'

@Module({ controllers: [InvoicesController], providers: [Database, InvoicesService] })
export class AppModule {}
