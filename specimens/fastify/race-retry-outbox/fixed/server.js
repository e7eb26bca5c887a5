import Fastify from 'fastify'
import pg from 'pg'

const pool = new pg.Pool({
  connectionString: process.env.DATABASE_URL,
  connectionTimeoutMillis: 5000,
  query_timeout: 8000,
})
pool.on('error', (error) => console.error('idle connection lost:', error.message))

async function inTransaction(work) {
  const client = await pool.connect()
  let lost
  try {
    await client.query('BEGIN')
    const result = await work(client)
    await client.query('COMMIT')
    return result
  } catch (error) {
    await client.query('ROLLBACK').catch((failure) => {
      lost = failure
    })
    throw error
  } finally {
    client.release(lost)
  }
}

const app = Fastify({ logger: { level: 'warn' } })

const withId = { type: 'object', properties: { id: { type: 'integer', minimum: 1, maximum: 2147483647 } } }

app.get('/orders', async () => {
  const { rows } = await pool.query(
    "SELECT id, total_cents, status FROM orders WHERE status = 'pending' ORDER BY id LIMIT 100",
  )
  return rows
})

app.get('/orders/:id', { schema: { params: withId } }, async (req, reply) => {
  const { rows } = await pool.query('SELECT id, total_cents, status FROM orders WHERE id = $1', [
    req.params.id,
  ])
  return rows[0] ?? reply.code(404).send({ error: 'no such order' })
})

// A worker sends what stands in the outbox: the receipt, and the order to the warehouse.
const announce = (client, id) =>
  client.query("INSERT INTO outbox (kind, order_id) VALUES ('order.paid', $1)", [id])

app.post('/orders/:id/pay', { schema: { params: withId } }, async (req, reply) => {
  const { id } = req.params
  const paid = await inTransaction(async (client) => {
    const { rows } = await client.query(
      "UPDATE orders SET status = 'paid' WHERE id = $1 AND status = 'pending' RETURNING id",
      [id],
    )
    if (!rows[0]) return false
    await announce(client, id)
    return true
  })
  return paid ? { id, status: 'paid' } : reply.code(409).send({ error: 'nothing to pay' })
})

app.setErrorHandler((error, req, reply) => {
  if (error.statusCode < 500) return reply.code(error.statusCode).send({ error: error.message })
  req.log.error(error)
  return reply.code(503).header('retry-after', '1').send({ error: 'try again shortly' })
})

await app.listen({ port: Number(process.env.PORT ?? 3000), host: '0.0.0.0' })
