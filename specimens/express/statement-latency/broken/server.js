import express from 'express'
import pg from 'pg'

const pool = new pg.Pool({
  connectionString: process.env.DATABASE_URL,
  connectionTimeoutMillis: 2000,
  query_timeout: 8000,
})
pool.on('error', (error) => console.error('idle connection lost:', error.message))

const LATEST = `SELECT buoy, wave_cm, taken_at FROM readings AS outer_reading
  WHERE taken_at = (SELECT max(taken_at) FROM readings WHERE buoy = outer_reading.buoy)
  ORDER BY buoy`

const app = express()

app.get('/buoys/latest', async (_req, res) => {
  const { rows } = await pool.query(LATEST)
  res.json(rows)
})

app.get('/buoys/count', async (_req, res) => {
  const { rows } = await pool.query('SELECT count(DISTINCT buoy)::int AS buoys FROM readings')
  res.json(rows[0])
})

app.use((error, _req, res, _next) => {
  console.error(error.message)
  res.status(503).json({ error: 'try again shortly' })
})

app.listen(Number(process.env.PORT ?? 3000))
