import { BadRequestException, Body, Controller, Get, Post } from '@nestjs/common'
import { Database } from './database'
import { Outbox } from './outbox'

type NewMessage = { recipient?: unknown; body?: unknown }

@Controller('messages')
export class MessagesController {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  @Get()
  async list() {
    const { rows } = await this.database.pool.query(
      'SELECT id, recipient, body, sent_at FROM messages ORDER BY sent_at DESC NULLS FIRST LIMIT 20',
    )
    return rows
  }

  @Post()
  async send(@Body() { recipient, body }: NewMessage) {
    if (typeof recipient !== 'string' || recipient.length === 0 || recipient.length > 120)
      throw new BadRequestException('recipient is required')
    if (typeof body !== 'string' || body.length === 0 || body.length > 2000)
      throw new BadRequestException('body is required')
    return this.outbox.put(recipient, body)
  }
}
