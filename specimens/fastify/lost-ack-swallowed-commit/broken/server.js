import { randomUUID } from 'node:crypto'
import Fastify from 'fastify'
import pg from 'pg'

const NIGHT_CENTS = 9_500

const pool = new pg.Pool({
  connectionString: process.env.DATABASE_URL,
  connectionTimeoutMillis: 2000,
  query_timeout: 5000,
})
pool.on('error', (error) => console.error('idle connection lost:', error.message))

const quietly = (error) => console.error('connection lost in use:', error.message)

async function inTransaction(work) {
  const client = await pool.connect()
  client.on('error', quietly)
  let failed
  try {
    await client.query('BEGIN')
    await work(client)
    try {
      await client.query('COMMIT')
    } catch (error) {
      console.error('commit:', error.message)
    }
  } catch (error) {
    failed = error
    throw error
  } finally {
    client.off('error', quietly)
    client.release(failed)
  }
}

const app = Fastify({ logger: { level: 'warn' } })

const booking = {
  type: 'object',
  required: ['guest', 'nights'],
  additionalProperties: false,
  properties: {
    guest: { type: 'string', minLength: 1, maxLength: 80 },
    nights: { type: 'integer', minimum: 1, maximum: 60 },
  },
}

app.get('/bookings/:id', async (req, reply) => {
  const { rows } = await pool.query('SELECT id, guest, nights FROM bookings WHERE id::text = $1', [
    req.params.id,
  ])
  return rows[0] ?? reply.code(404).send({ error: 'no such booking' })
})

app.post('/bookings', { schema: { body: booking } }, async (req, reply) => {
  const { guest, nights } = req.body
  const id = randomUUID()
  await inTransaction(async (client) => {
    await client.query('INSERT INTO bookings (id, guest, nights) VALUES ($1, $2, $3)', [id, guest, nights])
    await client.query('INSERT INTO invoices (booking_id, guest, cents) VALUES ($1, $2, $3)', [
      id,
      guest,
      nights * NIGHT_CENTS,
    ])
  })
  return reply.code(201).send({ id, guest, nights })
})

app.setErrorHandler((error, req, reply) => {
  if (error.statusCode < 500) return reply.code(error.statusCode).send({ error: error.message })
  req.log.error(error)
  return reply.code(503).send({ error: 'try again shortly' })
})

await app.listen({ port: Number(process.env.PORT ?? 3000), host: '0.0.0.0' })
