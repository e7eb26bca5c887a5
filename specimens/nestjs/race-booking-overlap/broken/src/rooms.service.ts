import { ConflictException, Injectable, NotFoundException } from '@nestjs/common'
import type { CreateBookingDto } from './create-booking.dto'
import { Database } from './database'

@Injectable()
export class RoomsService {
  constructor(private readonly database: Database) {}

  async list() {
    const { rows } = await this.database.pool.query('SELECT id, name FROM rooms ORDER BY id LIMIT 100')
    return rows
  }

  async bookings(roomId: number) {
    const { rows } = await this.database.pool.query(
      `SELECT id, first_day::text AS "from", last_day::text AS "to"
       FROM bookings WHERE room_id = $1 ORDER BY first_day LIMIT 100`,
      [roomId],
    )
    return rows
  }

  async book(roomId: number, { from, to }: CreateBookingDto) {
    const { pool } = this.database
    const room = await pool.query('SELECT id FROM rooms WHERE id = $1', [roomId])
    if (room.rows.length === 0) throw new NotFoundException('no such room')
    const overlapping = await pool.query(
      'SELECT id FROM bookings WHERE room_id = $1 AND first_day <= $3 AND last_day >= $2 LIMIT 1',
      [roomId, from, to],
    )
    if (overlapping.rows.length > 0) throw new ConflictException('the room is taken')
    const { rows } = await pool.query(
      'INSERT INTO bookings (room_id, first_day, last_day) VALUES ($1, $2, $3) RETURNING id',
      [roomId, from, to],
    )
    return { id: rows[0].id, from, to }
  }
}
