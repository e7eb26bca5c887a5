import express from 'express'
import pg from 'pg'

const pool = new pg.Pool({
  connectionString: process.env.DATABASE_URL,
  connectionTimeoutMillis: 2000,
  query_timeout: 5000,
})
pool.on('error', (error) => console.error('idle connection lost:', error.message))
pool.on('connect', (client) =>
  client.on('error', (error) => console.error('connection lost:', error.message)),
)

const pay = async (walletId, amountCents) => {
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    const { rowCount } = await client.query(
      'UPDATE wallets SET balance_cents = balance_cents - $2 WHERE id = $1 AND balance_cents >= $2',
      [walletId, amountCents],
    )
    if (rowCount === 0) {
      await client.query('ROLLBACK')
      return null
    }
    const { rows } = await client.query(
      'INSERT INTO payments (wallet_id, amount_cents) VALUES ($1, $2) RETURNING id, wallet_id, amount_cents, paid_at',
      [walletId, amountCents],
    )
    await client.query('COMMIT')
    client.release()
    return rows[0]
  } catch (error) {
    client.release(error)
    throw error
  }
}

const app = express()
app.use(express.json())

app.get('/wallets', async (_req, res) => {
  const { rows } = await pool.query('SELECT id, owner, balance_cents FROM wallets ORDER BY id LIMIT 50')
  res.json(rows)
})

app.post('/payments', async (req, res) => {
  const key = req.get('Idempotency-Key')
  const { walletId, amountCents } = req.body ?? {}
  if (!Number.isInteger(walletId) || !Number.isInteger(amountCents) || amountCents < 1) {
    return res.status(400).json({ error: 'walletId and amountCents must be positive integers' })
  }
  if (key) {
    const { rows } = await pool.query('SELECT status, body FROM idempotency_keys WHERE key = $1', [key])
    if (rows[0]) return res.status(rows[0].status).json(rows[0].body)
  }
  const payment = await pay(walletId, amountCents)
  if (payment === null) return res.status(402).json({ error: 'not enough in this wallet' })
  if (key) {
    await pool.query(
      'INSERT INTO idempotency_keys (key, status, body) VALUES ($1, 201, $2) ON CONFLICT DO NOTHING',
      [key, payment],
    )
  }
  res.status(201).json(payment)
})

app.use((_req, res) => res.status(404).json({ error: 'not found' }))

app.use((error, _req, res, _next) => {
  if (error.status < 500) return res.status(error.status).json({ error: 'bad request' })
  console.error(error.message)
  res.status(503).json({ error: 'try again shortly' })
})

app.listen(Number(process.env.PORT ?? 3000))
