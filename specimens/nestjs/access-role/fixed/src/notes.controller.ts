import { Body, Controller, Get, NotFoundException, Param, Post, Req, UseGuards } from '@nestjs/common'
import { type Asked, MemberGuard } from './guards'
import { Store } from './store'

@Controller('notes')
@UseGuards(MemberGuard)
export class NotesController {
  constructor(private readonly store: Store) {}

  @Get()
  list(@Req() { member }: Asked) {
    return this.store.notes.filter((note) => note.memberId === member.id)
  }

  @Post()
  add(@Req() { member }: Asked, @Body() { text }: { text: string }) {
    const note = { id: this.store.notes.length + 1, memberId: member.id, text }
    this.store.notes.push(note)
    return note
  }

  // An administrator sees them all.
  @Get(':id')
  one(@Req() { member }: Asked, @Param('id') id: string) {
    const note = this.store.notes.find((one) => one.id === Number(id))
    if (note === undefined || (note.memberId !== member.id && member.role !== 'admin'))
      throw new NotFoundException()
    return note
  }
}
