import Fastify from 'fastify'
import pg from 'pg'

const pool = new pg.Pool({
  connectionString: process.env.DATABASE_URL,
  connectionTimeoutMillis: 2000,
  query_timeout: 5000,
})
pool.on('error', (error) => console.error('idle connection lost:', error.message))

async function query(sql, values) {
  for (;;) {
    try {
      return await pool.query(sql, values)
    } catch (error) {
      console.error('trying again:', error.message)
    }
  }
}

const app = Fastify({ logger: { level: 'warn' } })

app.get('/readings', async () => {
  const { rows } = await query('SELECT id, meter, kilowatt_hours FROM readings ORDER BY id DESC LIMIT 50')
  return rows
})

const reading = {
  type: 'object',
  required: ['meter', 'kilowattHours'],
  additionalProperties: false,
  properties: {
    meter: { type: 'string', minLength: 1, maxLength: 40 },
    kilowattHours: { type: 'integer', minimum: 0, maximum: 1000000 },
  },
}

app.post('/readings', { schema: { body: reading } }, async (req, reply) => {
  const { rows } = await query(
    'INSERT INTO readings (meter, kilowatt_hours) VALUES ($1, $2) RETURNING id, meter, kilowatt_hours',
    [req.body.meter, req.body.kilowattHours],
  )
  return reply.code(201).send(rows[0])
})

app.setErrorHandler((error, req, reply) => {
  if (error.statusCode < 500) return reply.code(error.statusCode).send({ error: error.message })
  req.log.error(error)
  return reply.code(503).header('retry-after', '2').send({ error: 'try again shortly' })
})

await app.listen({ port: Number(process.env.PORT ?? 3000), host: '0.0.0.0' })
