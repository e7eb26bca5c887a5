import { randomUUID } from 'node:crypto'
import { Injectable, type OnModuleDestroy } from '@nestjs/common'
import { Database } from './database'

type Message = { id: string; recipient: string; body: string }

@Injectable()
export class Outbox implements OnModuleDestroy {
  private readonly waiting: Message[] = []
  private readonly timer = setInterval(() => void this.drain(), 300)

  constructor(private readonly database: Database) {}

  put(recipient: string, body: string) {
    const message = { id: randomUUID(), recipient, body }
    this.waiting.push(message)
    return message
  }

  async drain() {
    for (let next = this.waiting[0]; next; next = this.waiting[0]) {
      try {
        await this.database.pool.query(
          'INSERT INTO messages (id, recipient, body, sent_at) VALUES ($1, $2, $3, now()) ON CONFLICT (id) DO NOTHING',
          [next.id, next.recipient, next.body],
        )
        this.waiting.shift()
      } catch (error) {
        console.error('not sent:', String(error))
        return
      }
    }
  }

  onModuleDestroy() {
    clearInterval(this.timer)
  }
}
