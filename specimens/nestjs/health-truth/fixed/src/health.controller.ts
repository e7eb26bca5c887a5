import { Controller, Get, ServiceUnavailableException } from '@nestjs/common'
import { Database } from './database'

@Controller('health')
export class HealthController {
  constructor(private readonly database: Database) {}

  @Get('live')
  live() {
    return { status: 'ok' }
  }

  @Get('ready')
  async ready() {
    try {
      await this.database.pool.query('SELECT 1')
    } catch {
      throw new ServiceUnavailableException('no database')
    }
    return { status: 'ok' }
  }
}
