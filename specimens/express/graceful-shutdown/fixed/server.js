import express from 'express'
import pg from 'pg'

const pool = new pg.Pool({
  connectionString: process.env.DATABASE_URL,
  connectionTimeoutMillis: 2000,
  query_timeout: 5000,
})
pool.on('error', (error) => console.error('idle connection lost:', error.message))

const app = express()
app.use(express.json())

let stopping = false
app.get('/ready', (_req, res) => {
  res.status(stopping ? 503 : 200).json({ status: stopping ? 'stopping' : 'ready' })
})

app.get('/orders', async (_req, res) => {
  const { rows } = await pool.query('SELECT id, item, quantity FROM orders ORDER BY id DESC LIMIT 50')
  res.json(rows)
})

app.post('/orders', async (req, res) => {
  const { item, quantity } = req.body ?? {}
  if (typeof item !== 'string' || !Number.isInteger(quantity) || quantity < 1) {
    return res.status(400).json({ error: 'item and a positive quantity are required' })
  }
  const { rows } = await pool.query('INSERT INTO orders (item, quantity) VALUES ($1, $2) RETURNING *', [
    item,
    quantity,
  ])
  res.status(201).json(rows[0])
})

app.use((error, _req, res, _next) => {
  if (error.status < 500) return res.status(error.status).json({ error: 'bad request' })
  console.error(error.message)
  res.status(503).json({ error: 'try again shortly' })
})

const server = app.listen(Number(process.env.PORT ?? 3000))

process.on('SIGTERM', () => {
  stopping = true
  server.close(async () => {
    await pool.end()
    process.exit(0)
  })
})
