import { randomUUID } from 'node:crypto'
import express from 'express'
import pg from 'pg'

const pool = new pg.Pool({
  connectionString: process.env.DATABASE_URL,
  connectionTimeoutMillis: 2000,
  query_timeout: 3000,
})
pool.on('error', (error) => console.error('idle connection lost:', error.message))

/** Request id -> what was answered, for support. */
const asked = new Map()
const snapshot = (rows) => Buffer.from(JSON.stringify(rows).repeat(60))
const remember = (id, rows) => {
  asked.set(id, snapshot(rows))
  if (asked.size > 200) asked.delete(asked.keys().next().value)
}

const app = express()

app.get('/gauges', async (_req, res) => {
  const { rows } = await pool.query('SELECT id, river, centimetres FROM gauges ORDER BY id')
  const id = randomUUID()
  remember(id, rows)
  res.set('x-request-id', id).json(rows)
})

app.use((error, _req, res, _next) => {
  console.error(error.message)
  res.status(503).json({ error: 'try again shortly' })
})

app.listen(Number(process.env.PORT ?? 3000))
