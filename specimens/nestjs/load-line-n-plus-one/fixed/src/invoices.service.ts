import { Injectable } from '@nestjs/common'
import { Database } from './database'

@Injectable()
export class InvoicesService {
  constructor(private readonly database: Database) {}

  async latest() {
    const { rows } = await this.database.pool.query(
      `SELECT invoices.id, invoices.customer, count(*)::int AS lines, sum(lines.cents)::int AS cents
       FROM (SELECT id, customer FROM invoices ORDER BY id DESC LIMIT 60) AS invoices
       JOIN lines ON lines.invoice_id = invoices.id
       GROUP BY invoices.id, invoices.customer ORDER BY invoices.id DESC`,
    )
    return rows
  }
}
