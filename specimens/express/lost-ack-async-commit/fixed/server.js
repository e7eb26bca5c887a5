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

app.get('/pledges/total', async (_req, res) => {
  const { rows } = await pool.query('SELECT coalesce(sum(cents), 0)::int AS cents FROM pledges')
  res.json(rows[0])
})

app.get('/pledges/:id', async (req, res) => {
  const { rows } = await pool.query('SELECT id, donor, cents FROM pledges WHERE id::text = $1', [
    req.params.id,
  ])
  if (!rows[0]) return res.status(404).json({ error: 'no such pledge' })
  res.json(rows[0])
})

app.post('/pledges', async (req, res) => {
  const { donor, cents } = req.body ?? {}
  if (typeof donor !== 'string' || donor.length === 0 || donor.length > 80)
    return res.status(400).json({ error: 'donor is required' })
  if (!Number.isInteger(cents) || cents < 1 || cents > 10_000_000)
    return res.status(400).json({ error: 'cents must be a number from 1 to 10000000' })
  const { rows } = await pool.query('INSERT INTO pledges (donor, cents) VALUES ($1, $2) RETURNING id', [
    donor,
    cents,
  ])
  res.status(201).json(rows[0])
})

app.use((error, _req, res, _next) => {
  if (error.status < 500) return res.status(error.status).json({ error: error.message })
  console.error(error.message)
  res.status(503).json({ error: 'try again shortly' })
})

app.listen(Number(process.env.PORT ?? 3000))
