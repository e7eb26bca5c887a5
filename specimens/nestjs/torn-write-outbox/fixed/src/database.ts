import { Injectable, type OnModuleDestroy } from '@nestjs/common'
import { Pool, type PoolClient } from 'pg'

@Injectable()
export class Database implements OnModuleDestroy {
  readonly pool = new Pool({
    connectionString: process.env.DATABASE_URL,
    connectionTimeoutMillis: 2000,
    query_timeout: 5000,
  })

  constructor() {
    this.pool.on('error', (error) => console.error('idle connection lost:', error.message))
    this.pool.on('connect', (client) => {
      client.on('error', (error) => console.error('connection lost:', error.message))
    })
  }

  async transaction<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    const client = await this.pool.connect()
    let broken = false
    try {
      await client.query('BEGIN')
      const result = await work(client)
      await client.query('COMMIT')
      return result
    } catch (error) {
      await client.query('ROLLBACK').catch(() => {
        broken = true
      })
      throw error
    } finally {
      client.release(broken)
    }
  }

  async onModuleDestroy() {
    await this.pool.end()
  }
}
