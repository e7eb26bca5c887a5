import express from 'express'
import pg from 'pg'

const pool = new pg.Pool({
  connectionString: process.env.DATABASE_URL,
  connectionTimeoutMillis: 5000,
  query_timeout: 8000,
})
pool.on('error', (error) => console.error('idle connection lost:', error.message))

const app = express()
app.use(express.json())

app.param('id', (_req, res, next, id) => {
  if (/^\d{1,9}$/.test(id)) return next()
  res.status(404).json({ error: 'not found' })
})

app.get('/accounts', async (_req, res) => {
  const { rows } = await pool.query('SELECT id, owner, balance FROM accounts ORDER BY id LIMIT 100')
  res.json(rows)
})

app.post('/accounts/:id/deposit', async (req, res) => {
  const { amount } = req.body ?? {}
  if (!Number.isInteger(amount) || amount < 1 || amount > 10_000) {
    return res.status(400).json({ error: 'amount must be a whole number from 1 to 10000' })
  }
  const { rows } = await pool.query('SELECT balance FROM accounts WHERE id = $1', [req.params.id])
  if (!rows[0]) return res.status(404).json({ error: 'no such account' })
  const balance = rows[0].balance + amount
  await pool.query('UPDATE accounts SET balance = $1 WHERE id = $2', [balance, req.params.id])
  res.json({ balance })
})

app.use((error, _req, res, _next) => {
  if (error.expose) return res.status(error.status).json({ error: error.message })
  console.error(error.message)
  res.status(503).json({ error: 'try again shortly' })
})

app.listen(Number(process.env.PORT ?? 3000))
