import { Controller, Delete, Get, HttpCode, NotFoundException, Param, UseGuards } from '@nestjs/common'
import { AdminGuard, MemberGuard } from './guards'
import { Store } from './store'

@Controller('admin')
export class AdminController {
  constructor(private readonly store: Store) {}

  @Get('notes')
  @UseGuards(AdminGuard)
  notes() {
    return this.store.notes
  }

  @Get('members')
  @UseGuards(MemberGuard)
  members() {
    return this.store.members.map(({ id, email, role }) => ({ id, email, role }))
  }

  @Delete('members/:id')
  @UseGuards(MemberGuard)
  @HttpCode(204)
  remove(@Param('id') id: string) {
    const at = this.store.members.findIndex((member) => member.id === Number(id))
    if (at < 0) throw new NotFoundException()
    this.store.members.splice(at, 1)
  }
}
