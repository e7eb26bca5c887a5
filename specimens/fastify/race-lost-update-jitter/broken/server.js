import { setTimeout as sleep } from 'node:timers/promises'
import Fastify from 'fastify'
import pg from 'pg'

const pool = new pg.Pool({
  connectionString: process.env.DATABASE_URL,
  connectionTimeoutMillis: 5000,
  query_timeout: 8000,
})
pool.on('error', (error) => console.error('idle connection lost:', error.message))

const app = Fastify({ logger: { level: 'warn' } })

// Stands for the call to the screening service, which takes up to 200 ms.
const screenDeposit = async () => sleep(Math.random() * 200)

const withId = { type: 'object', properties: { id: { type: 'integer', minimum: 1, maximum: 2147483647 } } }

const deposit = {
  type: 'object',
  required: ['amount'],
  additionalProperties: false,
  properties: { amount: { type: 'integer', minimum: 1, maximum: 10000 } },
}

app.get('/accounts', async () => {
  const { rows } = await pool.query('SELECT id, owner, balance FROM accounts ORDER BY id LIMIT 100')
  return rows
})

app.post('/accounts/:id/deposit', { schema: { params: withId, body: deposit } }, async (req, reply) => {
  const { amount } = req.body
  await screenDeposit(req.params.id, amount)
  const { rows } = await pool.query('SELECT balance FROM accounts WHERE id = $1', [req.params.id])
  if (!rows[0]) return reply.code(404).send({ error: 'no such account' })
  const balance = rows[0].balance + amount
  await pool.query('UPDATE accounts SET balance = $1 WHERE id = $2', [balance, req.params.id])
  return { balance }
})

app.setErrorHandler((error, req, reply) => {
  if (error.statusCode < 500) return reply.code(error.statusCode).send({ error: error.message })
  req.log.error(error)
  return reply.code(503).header('retry-after', '1').send({ error: 'try again shortly' })
})

await app.listen({ port: Number(process.env.PORT ?? 3000), host: '0.0.0.0' })
