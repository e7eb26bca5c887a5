import { requireAccount } from '../auth/sessions.js'
import { query, transaction } from '../db.js'
import { idParams } from './schemas.js'

const newBooking = {
  type: 'object',
  required: ['eventId', 'seatIds'],
  additionalProperties: false,
  properties: {
    eventId: { type: 'integer', minimum: 1, maximum: 2147483647 },
    seatIds: {
      type: 'array',
      minItems: 1,
      maxItems: 6,
      uniqueItems: true,
      items: { type: 'integer', minimum: 1, maximum: 2147483647 },
    },
  },
}

const TAKEN = `SELECT seat_id FROM booking_seats JOIN bookings ON bookings.id = booking_id
  WHERE event_id = $1 AND seat_id = ANY($2) AND cancelled_at IS NULL`

/** `{ booking }`, or `{ refused: [status, reason] }`. */
const bookSeats = (accountId, eventId, seatIds) =>
  transaction(async (client) => {
    const seats = await client.query(
      `SELECT seats.id, events.price_cents FROM events JOIN seats ON seats.venue_id = events.venue_id
       WHERE events.id = $1 AND seats.id = ANY($2)`,
      [eventId, seatIds],
    )
    if (seats.rows.length !== seatIds.length)
      return { refused: [422, 'no such event, or no such seat in its venue'] }

    const taken = await client.query(TAKEN, [eventId, seatIds])
    if (taken.rows.length > 0) return { refused: [409, 'one of these seats is already taken'] }

    const total = seats.rows.reduce((sum, seat) => sum + seat.price_cents, 0)
    const { rows } = await client.query(
      `INSERT INTO bookings (event_id, account_id, total_cents) VALUES ($1, $2, $3)
       RETURNING id, event_id, total_cents, created_at`,
      [eventId, accountId, total],
    )
    await client.query('INSERT INTO booking_seats (booking_id, seat_id) SELECT $1, unnest($2::int[])', [
      rows[0].id,
      seatIds,
    ])
    return { booking: { ...rows[0], seat_ids: seatIds } }
  })

export async function bookingRoutes(app) {
  app.addHook('preHandler', requireAccount)

  app.get('/', async (request) => {
    const { rows } = await query(
      `SELECT bookings.id, events.title, venues.name AS venue, events.starts_at, bookings.total_cents,
         bookings.cancelled_at, array_agg(seats.row || seats.number ORDER BY seats.id) AS seats
       FROM bookings
       JOIN events ON events.id = bookings.event_id
       JOIN venues ON venues.id = events.venue_id
       JOIN booking_seats ON booking_seats.booking_id = bookings.id
       JOIN seats ON seats.id = booking_seats.seat_id
       WHERE bookings.account_id = $1
       GROUP BY bookings.id, events.id, venues.id ORDER BY events.starts_at LIMIT 100`,
      [request.account.id],
    )
    return rows
  })

  app.post('/', { schema: { body: newBooking } }, async (request, reply) => {
    const { eventId, seatIds } = request.body
    const { booking, refused } = await bookSeats(request.account.id, eventId, seatIds)
    if (refused) return reply.code(refused[0]).send({ error: refused[1] })
    return reply.code(201).send(booking)
  })

  app.get('/:id', { schema: { params: idParams } }, async (request, reply) => {
    const { rows } = await query(
      `SELECT bookings.id, events.title, events.starts_at, bookings.total_cents, bookings.cancelled_at,
         accounts.name AS holder, accounts.email
       FROM bookings
       JOIN events ON events.id = bookings.event_id
       JOIN accounts ON accounts.id = bookings.account_id
       WHERE bookings.id = $1`,
      [request.params.id],
    )
    return rows[0] ?? reply.code(404).send({ error: 'no such booking' })
  })

  app.delete('/:id', { schema: { params: idParams } }, async (request, reply) => {
    const { rowCount } = await query(
      'UPDATE bookings SET cancelled_at = now() WHERE id = $1 AND account_id = $2 AND cancelled_at IS NULL',
      [request.params.id, request.account.id],
    )
    return reply.code(rowCount === 1 ? 204 : 404).send()
  })
}
