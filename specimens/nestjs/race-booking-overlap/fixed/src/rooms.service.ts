import { ConflictException, Injectable, NotFoundException } from '@nestjs/common'
import { DatabaseError } from 'pg'
import type { CreateBookingDto } from './create-booking.dto'
import { Database } from './database'

const isOverlap = (error: unknown) => error instanceof DatabaseError && error.code === '23P01'

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
    try {
      const { rows } = await pool.query(
        'INSERT INTO bookings (room_id, first_day, last_day) VALUES ($1, $2, $3) RETURNING id',
        [roomId, from, to],
      )
      return { id: rows[0].id, from, to }
    } catch (error) {
      if (isOverlap(error)) throw new ConflictException('the room is taken')
      throw error
    }
  }
}
