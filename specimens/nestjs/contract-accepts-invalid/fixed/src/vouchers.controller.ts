import { randomUUID } from 'node:crypto'
import { BadRequestException, Body, Controller, Get, Post } from '@nestjs/common'

type Voucher = { id: string; currency: string; amountCents: number; message: string }

const CURRENCIES: readonly unknown[] = ['EUR', 'CHF', 'USD']

const problemOf = ({ currency, amountCents, message }: Record<string, unknown>): string | null => {
  if (!CURRENCIES.includes(currency)) return 'currency must be EUR, CHF or USD'
  if (!Number.isInteger(amountCents)) return 'amountCents must be an integer'
  if (Number(amountCents) < 100 || Number(amountCents) > 50_000) return 'amountCents must be 100 to 50000'
  if (typeof message !== 'string' || [...message].length > 200) return 'message is too long'
  return null
}

@Controller('vouchers')
export class VouchersController {
  private readonly vouchers: Voucher[] = []

  @Get()
  list() {
    return this.vouchers.slice(-100)
  }

  @Post()
  issue(@Body() { currency, amountCents, message = '' }: Omit<Voucher, 'id'>) {
    const problem = problemOf({ currency, amountCents, message })
    if (problem !== null) throw new BadRequestException(problem)
    const voucher = { id: randomUUID(), currency, amountCents, message }
    this.vouchers.push(voucher)
    return voucher
  }
}
