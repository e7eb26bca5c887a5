import 'reflect-metadata'
import { Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { VouchersController } from './vouchers.controller'

@Module({ controllers: [VouchersController] })
class AppModule {}

async function start() {
  const app = await NestFactory.create(AppModule, { logger: ['error', 'warn'] })
  await app.listen(Number(process.env.PORT ?? 3000))
}

void start()
