import { Injectable } from '@nestjs/common'
import { Database } from './database'

@Injectable()
export class InvoicesService {
  constructor(private readonly database: Database) {}

  async latest() {
    const { rows: invoices } = await this.database.pool.query(
      'SELECT id, customer FROM invoices ORDER BY id DESC LIMIT 60',
    )
    for (const invoice of invoices) {
      const { rows } = await this.database.pool.query(
        'SELECT count(*)::int AS lines, sum(cents)::int AS cents FROM lines WHERE invoice_id = $1',
        [invoice.id],
      )
      Object.assign(invoice, rows[0])
    }
    return invoices
  }
}
