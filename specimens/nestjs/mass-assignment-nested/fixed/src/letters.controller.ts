import { BadRequestException, Body, Controller, Get, Post, Req, UseGuards } from '@nestjs/common'
import { type Asked, SessionGuard } from './session.guard'

type Letter = { id: number; ownerId: string; subject: string; metadata: Record<string, unknown> }

@Controller('letters')
@UseGuards(SessionGuard)
export class LettersController {
  private readonly letters: Letter[] = []

  @Get()
  all(@Req() { user }: Asked) {
    return { letters: this.letters.filter(({ ownerId }) => ownerId === user.id) }
  }

  /** What comes beside the subject is the client's own, and comes back as it was. */
  @Post()
  write(@Req() { user }: Asked, @Body() body: { letter: { subject: string } }) {
    if (typeof body.letter?.subject !== 'string')
      throw new BadRequestException('letter.subject must be a string')
    const { subject, ...metadata } = body.letter
    const letter = { id: this.letters.length + 1, ownerId: user.id, subject, metadata }
    this.letters.push(letter)
    return { letter }
  }
}
