import Fastify from 'fastify'
import pg from 'pg'

const pool = new pg.Pool({
  connectionString: process.env.DATABASE_URL,
  connectionTimeoutMillis: 1000,
  statement_timeout: 2000,
  query_timeout: 2000,
})
pool.on('error', (error) => console.error('idle connection lost:', error.message))

const app = Fastify({ logger: { level: 'warn' } })

app.get('/units', async () => ({ temperature: 'celsius' }))

app.get('/cities', async () => {
  const { rows } = await pool.query('SELECT DISTINCT city FROM measurements ORDER BY city')
  return rows.map((row) => row.city)
})

app.get('/cities/:city/latest', async (req, reply) => {
  const { rows } = await pool.query(
    'SELECT celsius, taken_at FROM measurements WHERE city = $1 ORDER BY taken_at DESC LIMIT 1',
    [req.params.city],
  )
  return rows[0] ?? reply.code(404).send({ error: 'no such city' })
})

const measurement = {
  type: 'object',
  required: ['city', 'celsius'],
  additionalProperties: false,
  properties: {
    city: { type: 'string', minLength: 1, maxLength: 60 },
    celsius: { type: 'number', minimum: -90, maximum: 60 },
  },
}

app.post('/measurements', { schema: { body: measurement } }, async (req, reply) => {
  const { rows } = await pool.query('INSERT INTO measurements (city, celsius) VALUES ($1, $2) RETURNING id', [
    req.body.city,
    req.body.celsius,
  ])
  return reply.code(201).send(rows[0])
})

app.setErrorHandler((error, req, reply) => {
  if (error.statusCode < 500) return reply.code(error.statusCode).send({ error: error.message })
  req.log.error(error)
  return reply.code(503).header('retry-after', '5').send({ error: 'try again shortly' })
})

await app.listen({ port: Number(process.env.PORT ?? 3000), host: '0.0.0.0' })
