import { Controller, Get, NotFoundException, Param, ParseIntPipe } from '@nestjs/common'
import { Database } from './database'

@Controller('parcels')
export class ParcelsController {
  constructor(private readonly database: Database) {}

  @Get()
  async list() {
    const { rows } = await this.database.pool.query(
      'SELECT id, address, delivered FROM parcels ORDER BY id LIMIT 100',
    )
    return rows
  }

  @Get(':id')
  async one(@Param('id', ParseIntPipe) id: number) {
    const { rows } = await this.database.pool.query(
      'SELECT id, address, delivered FROM parcels WHERE id = $1',
      [id],
    )
    if (!rows[0]) throw new NotFoundException('no such parcel')
    return rows[0]
  }
}
