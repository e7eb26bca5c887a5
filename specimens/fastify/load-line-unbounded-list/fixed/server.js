import Fastify from 'fastify'
import pg from 'pg'

const pool = new pg.Pool({
  connectionString: process.env.DATABASE_URL,
  connectionTimeoutMillis: 2000,
  query_timeout: 3000,
})
pool.on('error', (error) => console.error('idle connection lost:', error.message))

const app = Fastify({ logger: { level: 'warn' } })

const querystring = {
  type: 'object',
  additionalProperties: false,
  properties: { after: { type: 'integer', minimum: 0, maximum: 2147483647, default: 0 } },
}

app.get('/readings', { schema: { querystring } }, async (req) => {
  const { rows } = await pool.query(
    'SELECT id, sensor, celsius, taken_at FROM readings WHERE id > $1 ORDER BY id LIMIT 50',
    [req.query.after],
  )
  return rows
})

app.setErrorHandler((error, req, reply) => {
  if (error.statusCode < 500) return reply.code(error.statusCode).send({ error: error.message })
  req.log.error(error)
  return reply.code(503).send({ error: 'try again shortly' })
})

await app.listen({ port: Number(process.env.PORT ?? 3000), host: '0.0.0.0' })
