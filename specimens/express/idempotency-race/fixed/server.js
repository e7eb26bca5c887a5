import { createHash } from 'node:crypto'
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

/** Runs `work` in one transaction; a connection that failed is not used again. */
const transaction = async (work) => {
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    const result = await work(client)
    await client.query('COMMIT')
    client.release()
    return result
  } catch (error) {
    client.release(error)
    throw error
  }
}

const pay = async (client, walletId, amountCents) => {
  const { rowCount } = await client.query(
    'UPDATE wallets SET balance_cents = balance_cents - $2 WHERE id = $1 AND balance_cents >= $2',
    [walletId, amountCents],
  )
  if (rowCount === 0) return { status: 402, body: { error: 'not enough in this wallet' } }
  const { rows } = await client.query(
    'INSERT INTO payments (wallet_id, amount_cents) VALUES ($1, $2) RETURNING id, wallet_id, amount_cents, paid_at',
    [walletId, amountCents],
  )
  return { status: 201, body: rows[0] }
}

const hash = (body) => createHash('sha256').update(JSON.stringify(body)).digest('hex')

/** Claims the key and does the work in one transaction; whoever comes second waits for the claim, and reads it. */
const once = (key, body, work) =>
  transaction(async (client) => {
    const claim = await client.query(
      'INSERT INTO idempotency_keys (key, request_hash) VALUES ($1, $2) ON CONFLICT DO NOTHING',
      [key, hash(body)],
    )
    if (claim.rowCount === 0) {
      const { rows } = await client.query(
        'SELECT request_hash, status, body FROM idempotency_keys WHERE key = $1',
        [key],
      )
      if (rows[0].request_hash === hash(body)) return { status: rows[0].status, body: rows[0].body }
      return { status: 422, body: { error: 'this key was used for another request' } }
    }
    const answer = await work(client)
    await client.query('UPDATE idempotency_keys SET status = $2, body = $3 WHERE key = $1', [
      key,
      answer.status,
      JSON.stringify(answer.body),
    ])
    return answer
  })

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
  const work = (client) => pay(client, walletId, amountCents)
  const { status, body } = key ? await once(key, { walletId, amountCents }, work) : await transaction(work)
  res.status(status).json(body)
})

app.use((_req, res) => res.status(404).json({ error: 'not found' }))

app.use((error, _req, res, _next) => {
  if (error.status < 500) return res.status(error.status).json({ error: 'bad request' })
  console.error(error.message)
  res.status(503).json({ error: 'try again shortly' })
})

app.listen(Number(process.env.PORT ?? 3000))
