import { requireAccount, requireOrganiser } from '../auth/sessions.js'
import { query } from '../db.js'
import { idParams, limit } from './schemas.js'

const listQuery = {
  type: 'object',
  properties: { city: { type: 'string', maxLength: 100 }, limit },
}

const newEvent = {
  type: 'object',
  required: ['venueId', 'title', 'startsAt', 'priceCents'],
  additionalProperties: false,
  properties: {
    venueId: { type: 'integer', minimum: 1, maximum: 2147483647 },
    title: { type: 'string', minLength: 1, maxLength: 200 },
    startsAt: { type: 'string', format: 'date-time' },
    priceCents: { type: 'integer', minimum: 0, maximum: 1000000 },
  },
}

const EVENT = `SELECT events.id, events.title, events.starts_at, events.price_cents,
    events.venue_id, venues.name AS venue, venues.city
  FROM events JOIN venues ON venues.id = events.venue_id`

async function countFreeSeats(event) {
  const { rows } = await query(
    `SELECT count(*)::int AS free FROM seats
     WHERE venue_id = $1 AND id NOT IN (
       SELECT seat_id FROM booking_seats JOIN bookings ON bookings.id = booking_id
       WHERE event_id = $2 AND cancelled_at IS NULL)`,
    [event.venue_id, event.id],
  )
  return rows[0].free
}

export async function eventRoutes(app) {
  app.get('/', { schema: { querystring: listQuery } }, async (request) => {
    const { city, limit } = request.query
    const { rows: events } = await query(
      `${EVENT} WHERE starts_at > now() AND ($1::text IS NULL OR city = $1) ORDER BY starts_at LIMIT $2`,
      [city ?? null, limit],
    )
    return Promise.all(events.map(async (event) => ({ ...event, free_seats: await countFreeSeats(event) })))
  })

  app.get('/:id', { schema: { params: idParams } }, async (request, reply) => {
    const { rows } = await query(`${EVENT} WHERE events.id = $1`, [request.params.id])
    if (!rows[0]) return reply.code(404).send({ error: 'no such event' })
    return { ...rows[0], free_seats: await countFreeSeats(rows[0]) }
  })

  app.get('/:id/seats', { schema: { params: idParams } }, async (request) => {
    const { rows } = await query(
      `SELECT seats.id, seats.row, seats.number, booked.seat_id IS NULL AS free
       FROM events
       JOIN seats ON seats.venue_id = events.venue_id
       LEFT JOIN (
         SELECT seat_id FROM booking_seats JOIN bookings ON bookings.id = booking_id
         WHERE event_id = $1 AND cancelled_at IS NULL
       ) AS booked ON booked.seat_id = seats.id
       WHERE events.id = $1 ORDER BY seats.row, seats.number`,
      [request.params.id],
    )
    return rows
  })

  app.post(
    '/',
    { schema: { body: newEvent }, preHandler: [requireAccount, requireOrganiser] },
    async (request, reply) => {
      const { venueId, title, startsAt, priceCents } = request.body
      const venue = await query('SELECT id FROM venues WHERE id = $1', [venueId])
      if (!venue.rows[0]) return reply.code(422).send({ error: 'no such venue' })
      const { rows } = await query(
        `INSERT INTO events (venue_id, organiser_id, title, starts_at, price_cents)
         VALUES ($1, $2, $3, $4, $5) RETURNING id, title, starts_at, price_cents, venue_id`,
        [venueId, request.account.id, title, startsAt, priceCents],
      )
      return reply.code(201).send(rows[0])
    },
  )
}
