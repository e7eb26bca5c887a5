import { Controller, Get, Param, ParseIntPipe, Put } from '@nestjs/common'
import { DoctorsService } from './doctors.service'

@Controller('doctors')
export class DoctorsController {
  constructor(private readonly doctors: DoctorsService) {}

  @Get()
  list() {
    return this.doctors.list()
  }

  @Put(':id/leave')
  leave(@Param('id', ParseIntPipe) id: number) {
    return this.doctors.leave(id)
  }
}
