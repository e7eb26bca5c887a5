import { Injectable, type OnModuleDestroy } from '@nestjs/common'
import { Pool } from 'pg'

@Injectable()
export class Database implements OnModuleDestroy {
  readonly pool = new Pool({
    connectionString: process.env.DATABASE_URL,
    connectionTimeoutMillis: 2000,
    query_timeout: 5000,
  })

  constructor() {
    this.pool.on('error', (error) => console.error('idle connection lost:', error.message))
  }

  async onModuleDestroy() {
    await this.pool.end()
  }
}
