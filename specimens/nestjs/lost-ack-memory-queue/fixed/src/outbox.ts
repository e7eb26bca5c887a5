import { randomUUID } from 'node:crypto'
import { Injectable, type OnModuleDestroy } from '@nestjs/common'
import { Database } from './database'

@Injectable()
export class Outbox implements OnModuleDestroy {
  private readonly timer = setInterval(() => void this.drain(), 300)

  constructor(private readonly database: Database) {}

  async put(recipient: string, body: string) {
    const id = randomUUID()
    await this.database.pool.query('INSERT INTO messages (id, recipient, body) VALUES ($1, $2, $3)', [
      id,
      recipient,
      body,
    ])
    return { id, recipient, body }
  }

  async drain() {
    try {
      await this.database.pool.query(
        `UPDATE messages SET sent_at = now() WHERE id IN
           (SELECT id FROM messages WHERE sent_at IS NULL LIMIT 100 FOR UPDATE SKIP LOCKED)`,
      )
    } catch (error) {
      console.error('not sent:', String(error))
    }
  }

  onModuleDestroy() {
    clearInterval(this.timer)
  }
}
