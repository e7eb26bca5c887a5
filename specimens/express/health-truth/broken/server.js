import express from 'express'
import pg from 'pg'

const pool = new pg.Pool({
  connectionString: process.env.DATABASE_URL,
  connectionTimeoutMillis: 1000,
  query_timeout: 1000,
})
pool.on('error', (error) => console.error('idle connection lost:', error.message))

const app = express()

app.get('/live', (_req, res) => res.json({ status: 'ok' }))

app.get('/health', (_req, res) => res.json({ status: 'ok' }))

app.get('/stock', async (_req, res) => {
  const { rows } = await pool.query('SELECT sku, units FROM stock ORDER BY sku LIMIT 100')
  res.json(rows)
})

app.use((error, _req, res, _next) => {
  console.error(error.message)
  res.status(503).json({ error: 'try again shortly' })
})

app.listen(Number(process.env.PORT ?? 3000))
