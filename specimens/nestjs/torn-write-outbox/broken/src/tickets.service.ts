import { Injectable } from '@nestjs/common'
import { Database } from './database'

@Injectable()
export class TicketsService {
  constructor(private readonly database: Database) {}

  async list() {
    const { rows } = await this.database.pool.query(
      'SELECT id, holder FROM tickets ORDER BY sold_at LIMIT 100',
    )
    return rows
  }

  async sell(holder: string) {
    const { rows } = await this.database.pool.query(
      'INSERT INTO tickets (holder) VALUES ($1) RETURNING id, holder',
      [holder],
    )
    await this.database.pool.query('INSERT INTO outbox (topic, payload) VALUES ($1, $2)', [
      'ticket.sold',
      JSON.stringify({ holder }),
    ])
    return rows[0]
  }
}
