import { Injectable, type OnModuleDestroy } from '@nestjs/common'
import { Pool } from 'pg'

@Injectable()
export class Database implements OnModuleDestroy {
  readonly pool = new Pool({
    connectionString: process.env.DATABASE_URL,
    connectionTimeoutMillis: 5000,
    query_timeout: 8000,
  })

  constructor() {
    this.pool.on('error', (error) => console.error('idle connection lost:', error.message))
  }

  async onModuleDestroy() {
    await this.pool.end()
  }
}
