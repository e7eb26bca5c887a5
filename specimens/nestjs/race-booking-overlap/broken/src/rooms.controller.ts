import { BadRequestException, Body, Controller, Get, Param, ParseIntPipe, Post } from '@nestjs/common'
import { CreateBookingDto } from './create-booking.dto'
import { RoomsService } from './rooms.service'

const isDay = (value: unknown) => typeof value === 'string' && !Number.isNaN(Date.parse(value))

@Controller('rooms')
export class RoomsController {
  constructor(private readonly rooms: RoomsService) {}

  @Get()
  list() {
    return this.rooms.list()
  }

  @Get(':id/bookings')
  bookings(@Param('id', ParseIntPipe) id: number) {
    return this.rooms.bookings(id)
  }

  @Post(':id/bookings')
  book(@Param('id', ParseIntPipe) id: number, @Body() body: CreateBookingDto) {
    if (!isDay(body?.from) || !isDay(body.to)) throw new BadRequestException('from and to must be days')
    if (Date.parse(body.to) < Date.parse(body.from)) throw new BadRequestException('to is before from')
    return this.rooms.book(id, body)
  }
}
