import express from 'express'
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

const app = express()
app.use(express.json())

app.get('/accounts', async (_req, res) => {
  const { rows } = await pool.query(
    `SELECT accounts.id, owner, coalesce(sum(value), 0)::int AS credit
     FROM accounts LEFT JOIN credits ON account_id = accounts.id GROUP BY accounts.id ORDER BY accounts.id`,
  )
  res.json(rows)
})

app.get('/coupons', async (_req, res) => {
  const { rows } = await pool.query('SELECT code, value FROM coupons WHERE NOT used ORDER BY code LIMIT 100')
  res.json(rows)
})

app.post('/coupons/:code/redeem', async (req, res) => {
  const { accountId } = req.body ?? {}
  if (!Number.isInteger(accountId)) return res.status(400).json({ error: 'accountId must be an integer' })
  const credited = await inTransaction(async (client) => {
    const { rows } = await client.query(
      'UPDATE coupons SET used = true WHERE code = $1 AND used = false RETURNING value',
      [req.params.code],
    )
    if (!rows[0]) return null
    await client.query('INSERT INTO credits (account_id, coupon, value) VALUES ($1, $2, $3)', [
      accountId,
      req.params.code,
      rows[0].value,
    ])
    return rows[0].value
  })
  if (credited === null) return res.status(409).json({ error: 'this coupon cannot be redeemed' })
  res.status(201).json({ credited })
})

app.use((error, _req, res, _next) => {
  if (error.code === '23503') return res.status(404).json({ error: 'no such account' })
  if (error.expose) return res.status(error.status).json({ error: error.message })
  console.error(error.message)
  res.status(503).json({ error: 'try again shortly' })
})

app.listen(Number(process.env.PORT ?? 3000))
