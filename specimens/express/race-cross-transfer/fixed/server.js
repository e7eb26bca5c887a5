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

app.param('id', (_req, res, next, id) => {
  if (/^\d{1,9}$/.test(id)) return next()
  res.status(404).json({ error: 'not found' })
})

app.get('/accounts', async (_req, res) => {
  const { rows } = await pool.query(
    'SELECT id, owner, balance FROM accounts WHERE open ORDER BY balance, id LIMIT 100',
  )
  res.json(rows)
})

const readAccount = async (client, id) => {
  const { rows } = await client.query('SELECT balance, open FROM accounts WHERE id = $1 FOR UPDATE', [id])
  return rows[0]
}

app.post('/accounts/:id/deposit', async (req, res) => {
  const { amount } = req.body ?? {}
  if (!Number.isInteger(amount) || amount < 1 || amount > 10_000) {
    return res.status(400).json({ error: 'amount must be a whole number from 1 to 10000' })
  }
  const deposited = await inTransaction(async (client) => {
    const account = await readAccount(client, req.params.id)
    if (!account?.open) return false
    await client.query('UPDATE accounts SET balance = balance + $1 WHERE id = $2', [amount, req.params.id])
    return true
  })
  if (!deposited) return res.status(409).json({ error: 'the account is not open' })
  res.json({ deposited: amount })
})

app.post('/accounts/:id/close', async (req, res) => {
  const closed = await inTransaction(async (client) => {
    const account = await readAccount(client, req.params.id)
    if (!account?.open || account.balance !== 0) return false
    await client.query('UPDATE accounts SET open = false WHERE id = $1', [req.params.id])
    return true
  })
  if (!closed) return res.status(409).json({ error: 'only an open account without a balance can be closed' })
  res.json({ closed })
})

app.use((error, _req, res, _next) => {
  if (error.expose) return res.status(error.status).json({ error: error.message })
  console.error(error.message)
  res.status(503).json({ error: 'try again shortly' })
})

app.listen(Number(process.env.PORT ?? 3000))
