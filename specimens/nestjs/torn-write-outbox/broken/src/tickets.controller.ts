import { BadRequestException, Body, Controller, Get, Post } from '@nestjs/common'
import { TicketsService } from './tickets.service'

type NewTicket = { holder?: unknown }

@Controller('tickets')
export class TicketsController {
  constructor(private readonly tickets: TicketsService) {}

  @Get()
  list() {
    return this.tickets.list()
  }

  @Post()
  sell(@Body() body: NewTicket) {
    const { holder } = body ?? {}
    if (typeof holder !== 'string' || holder.length === 0 || holder.length > 80) {
      throw new BadRequestException('holder is required')
    }
    return this.tickets.sell(holder)
  }
}
