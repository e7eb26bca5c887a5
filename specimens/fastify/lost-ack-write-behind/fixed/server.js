import { randomUUID } from 'node:crypto'
import Fastify from 'fastify'
import pg from 'pg'

const pool = new pg.Pool({
  connectionString: process.env.DATABASE_URL,
  connectionTimeoutMillis: 2000,
  query_timeout: 5000,
})
pool.on('error', (error) => console.error('idle connection lost:', error.message))

const cache = new Map()

const app = Fastify({ logger: { level: 'warn' } })

const profile = {
  type: 'object',
  required: ['name'],
  additionalProperties: false,
  properties: {
    name: { type: 'string', minLength: 1, maxLength: 80 },
    city: { type: 'string', maxLength: 80 },
  },
}

app.get('/profiles/:id', async (req, reply) => {
  const { id } = req.params
  if (cache.has(id)) return cache.get(id)
  const { rows } = await pool.query('SELECT id, name, city FROM profiles WHERE id::text = $1', [id])
  if (!rows[0]) return reply.code(404).send({ error: 'no such profile' })
  cache.set(id, rows[0])
  return rows[0]
})

app.post('/profiles', { schema: { body: profile } }, async (req, reply) => {
  const id = randomUUID()
  const { name, city = null } = req.body
  await pool.query('INSERT INTO profiles (id, name, city) VALUES ($1, $2, $3)', [id, name, city])
  cache.set(id, { id, name, city })
  return reply.code(201).send({ id, name, city })
})

app.setErrorHandler((error, req, reply) => {
  if (error.statusCode < 500) return reply.code(error.statusCode).send({ error: error.message })
  req.log.error(error)
  return reply.code(503).send({ error: 'try again shortly' })
})

await app.listen({ port: Number(process.env.PORT ?? 3000), host: '0.0.0.0' })
