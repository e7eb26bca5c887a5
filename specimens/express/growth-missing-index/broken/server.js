import express from 'express'
import pg from 'pg'

const pool = new pg.Pool({
  connectionString: process.env.DATABASE_URL,
  connectionTimeoutMillis: 2000,
  query_timeout: 8000,
})
pool.on('error', (error) => console.error('idle connection lost:', error.message))

const LATEST = `SELECT id, ship, left_at,
    (SELECT count(*)::int FROM legs WHERE legs.voyage_id = voyages.id) AS legs
  FROM voyages ORDER BY id DESC LIMIT 100`

const app = express()

app.get('/voyages', async (_req, res) => {
  const { rows } = await pool.query(LATEST)
  res.json(rows)
})

app.get('/voyages/:id', async (req, res) => {
  const { rows } = await pool.query('SELECT id, ship, left_at FROM voyages WHERE id = $1', [
    Number(req.params.id) || 0,
  ])
  if (!rows[0]) return res.status(404).json({ error: 'no such voyage' })
  res.json(rows[0])
})

app.use((error, _req, res, _next) => {
  console.error(error.message)
  res.status(503).json({ error: 'try again shortly' })
})

app.listen(Number(process.env.PORT ?? 3000))
