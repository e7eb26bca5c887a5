import {
  BadRequestException,
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  NotFoundException,
  Param,
  ParseIntPipe,
  Patch,
  Post,
  Req,
  UseGuards,
} from '@nestjs/common'
import { AuthGuard } from './auth.guard'

type Asked = { user: { email: string } }
type Entry = { id: number; email: string; text: string }

@Controller('entries')
export class EntriesController {
  private readonly entries: Entry[] = []
  private last = 0

  // Everybody may see how much is written, and nothing of it.
  @Get('count')
  count() {
    return { entries: this.entries.length }
  }

  @Get()
  @UseGuards(AuthGuard)
  list(@Req() request: Asked) {
    return this.entries.filter((entry) => entry.email === request.user.email)
  }

  @Get(':id')
  @UseGuards(AuthGuard)
  one(@Param('id', ParseIntPipe) id: number, @Req() request: Asked) {
    return this.mine(id, request)
  }

  @Post()
  @UseGuards(AuthGuard)
  write(@Body() { text }: { text?: string }, @Req() request: Asked) {
    if (typeof text !== 'string') throw new BadRequestException('text must be a string')
    this.last += 1
    const entry = { id: this.last, email: request.user.email, text }
    this.entries.push(entry)
    return entry
  }

  @Patch(':id')
  @UseGuards(AuthGuard)
  rewrite(@Param('id', ParseIntPipe) id: number, @Body() { text }: { text?: string }, @Req() request: Asked) {
    if (typeof text !== 'string') throw new BadRequestException('text must be a string')
    return Object.assign(this.mine(id, request), { text })
  }

  @Delete(':id')
  @HttpCode(204)
  remove(@Param('id', ParseIntPipe) id: number) {
    const at = this.entries.findIndex((entry) => entry.id === id)
    if (at < 0) throw new NotFoundException('no such entry')
    this.entries.splice(at, 1)
  }

  private mine(id: number, request: Asked): Entry {
    const entry = this.entries.find((one) => one.id === id && one.email === request.user.email)
    if (!entry) throw new NotFoundException('no such entry')
    return entry
  }
}
