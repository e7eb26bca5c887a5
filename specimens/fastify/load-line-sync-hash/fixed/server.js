import { createHash, timingSafeEqual } from 'node:crypto'
import Fastify from 'fastify'
import pg from 'pg'

const pool = new pg.Pool({
  connectionString: process.env.DATABASE_URL,
  connectionTimeoutMillis: 2000,
  query_timeout: 3000,
})
pool.on('error', (error) => console.error('idle connection lost:', error.message))

const clientOf = async (key) => {
  const [id = '', secret = ''] = key.split('.')
  const { rows } = await pool.query('SELECT id, hash FROM clients WHERE id = $1', [id])
  if (rows.length === 0) return null
  const hash = createHash('sha256').update(secret).digest()
  return timingSafeEqual(hash, Buffer.from(rows[0].hash, 'hex')) ? rows[0].id : null
}

const app = Fastify({ logger: { level: 'warn' } })

app.addHook('onRequest', async (req, reply) => {
  const client = await clientOf(String(req.headers['x-api-key'] ?? ''))
  if (client === null) return reply.code(401).send({ error: 'a valid x-api-key is needed' })
})

app.get('/tides', async () => {
  const { rows } = await pool.query(
    'SELECT port, high_at, centimetres FROM tides ORDER BY high_at DESC LIMIT 20',
  )
  return rows
})

app.setErrorHandler((error, req, reply) => {
  if (error.statusCode < 500) return reply.code(error.statusCode).send({ error: error.message })
  req.log.error(error)
  return reply.code(503).send({ error: 'try again shortly' })
})

await app.listen({ port: Number(process.env.PORT ?? 3000), host: '0.0.0.0' })
