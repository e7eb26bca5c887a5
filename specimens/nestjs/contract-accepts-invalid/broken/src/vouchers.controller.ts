import { randomUUID } from 'node:crypto'
import { BadRequestException, Body, Controller, Get, Post } from '@nestjs/common'

type Voucher = { id: string; currency: string; amountCents: number; message: string }

@Controller('vouchers')
export class VouchersController {
  private readonly vouchers: Voucher[] = []

  @Get()
  list() {
    return this.vouchers.slice(-100)
  }

  @Post()
  issue(@Body() { currency, amountCents, message = '' }: Omit<Voucher, 'id'>) {
    if (currency === undefined || amountCents === undefined)
      throw new BadRequestException('currency and amountCents are required')
    const voucher = { id: randomUUID(), currency, amountCents, message }
    this.vouchers.push(voucher)
    return voucher
  }
}
