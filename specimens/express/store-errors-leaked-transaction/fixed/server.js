import express from 'express'
import pg from 'pg'

const pool = new pg.Pool({
  connectionString: process.env.DATABASE_URL,
  connectionTimeoutMillis: 2000,
  query_timeout: 5000,
})
pool.on('error', (error) => console.error('idle connection lost:', error.message))
pool.on('connect', (client) => {
  client.on('error', (error) => console.error('connection lost:', error.message))
})

const app = express()
app.use(express.json())

app.get('/accounts', async (_req, res) => {
  const { rows } = await pool.query('SELECT id, owner, cents FROM accounts ORDER BY id LIMIT 100')
  res.json(rows)
})

const MOVE = 'UPDATE accounts SET cents = cents + $2 WHERE id = $1 AND cents + $2 >= 0'

app.post('/accounts/:id/deposits', async (req, res) => {
  const { cents } = req.body ?? {}
  const id = Number(req.params.id)
  if (!Number.isInteger(id) || !Number.isInteger(cents) || cents < 1 || cents > 1000) {
    return res.status(400).json({ error: 'cents must be an integer from 1 to 1000' })
  }
  const client = await pool.connect()
  let broken = false
  try {
    await client.query('BEGIN')
    const { rowCount } = await client.query(MOVE, [id, cents])
    await client.query('COMMIT')
    if (rowCount === 0) return res.status(404).json({ error: 'no such account' })
    res.status(201).json({ account: id, cents })
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {
      broken = true
    })
    throw error
  } finally {
    client.release(broken)
  }
})

app.use((error, _req, res, _next) => {
  if (error.status < 500) return res.status(error.status).json({ error: 'bad request' })
  console.error(error.message)
  res.status(503).json({ error: 'try again shortly' })
})

app.listen(Number(process.env.PORT ?? 3000))
