import { hashPassword } from '../src/auth/passwords.js'
import { pool, transaction } from '../src/db.js'

const CITIES = ['Lisbon', 'Porto', 'Bergen', 'Oslo', 'Ghent']
const HALLS = ['Old Exchange', 'Harbour Hall', 'Botanical Theatre', 'Lantern Room', 'Granary']
const ACTS = ['String Quartet', 'Night of Short Films', 'Poetry Slam', 'Big Band', 'Talk: Sea and Salt']

const venues = Array.from({ length: 10 }, (_, index) => ({
  name: `${HALLS[index % 5]} ${index < 5 ? 'Grand' : 'Studio'}`,
  city: CITIES[(index * 2) % 5],
}))

await transaction(async (client) => {
  const { rows } = await client.query('SELECT count(*)::int AS accounts FROM accounts')
  if (rows[0].accounts > 0) return console.log('already seeded')

  const hash = await hashPassword('demo-password')
  await client.query(
    `INSERT INTO accounts (email, name, password_hash, organiser)
     SELECT 'guest' || n || '@booking.example', 'Guest ' || n, $1, n <= 3 FROM generate_series(1, 30) AS n`,
    [hash],
  )
  for (const { name, city } of venues) {
    await client.query('INSERT INTO venues (name, city, address) VALUES ($1, $2, $3)', [
      name,
      city,
      `${name}, ${city}`,
    ])
  }
  await client.query(
    `INSERT INTO seats (venue_id, row, number)
     SELECT venues.id, chr(64 + r), n FROM venues, generate_series(1, 6) AS r, generate_series(1, 10) AS n`,
  )
  await client.query(
    `INSERT INTO events (venue_id, organiser_id, title, starts_at, price_cents)
     SELECT 1 + n % 10, 1 + n % 3, ($1::text[])[1 + n % 5] || ' no. ' || n,
       date_trunc('day', now()) + n * interval '1 day' + interval '20 hours', 1500 + 250 * (n % 7)
     FROM generate_series(1, 40) AS n`,
    [ACTS],
  )
  await client.query(
    `WITH picked AS (
       SELECT events.id AS event_id, events.price_cents, seats.id AS seat_id, 1 + (events.id + seats.number) % 30 AS account_id
       FROM events JOIN seats ON seats.venue_id = events.venue_id
       WHERE (events.id * 7 + seats.id) % 9 = 0
     ), booked AS (
       INSERT INTO bookings (event_id, account_id, total_cents)
       SELECT event_id, account_id, sum(price_cents) FROM picked GROUP BY event_id, account_id
       RETURNING id, event_id, account_id
     )
     INSERT INTO booking_seats (booking_id, seat_id)
     SELECT booked.id, picked.seat_id FROM booked JOIN picked USING (event_id, account_id)`,
  )
  console.log('seeded 30 accounts, 10 venues, 40 events')
})

await pool.end()
