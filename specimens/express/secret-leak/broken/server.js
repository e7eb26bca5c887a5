import express from 'express'
import pg from 'pg'
import { archive } from './archive.js'

const pool = new pg.Pool({
  connectionString: process.env.DATABASE_URL,
  connectionTimeoutMillis: 2000,
  query_timeout: 3000,
})
pool.on('error', (error) => console.error('idle connection lost:', error.message))

const app = express()

app.get('/entries', async (_req, res) => {
  const { rows } = await pool.query('SELECT id, account, cents FROM entries ORDER BY id LIMIT 100')
  res.json(rows)
})

app.get('/archive', (_req, res) => res.json({ bucket: archive.bucket, region: archive.region }))

app.listen(Number(process.env.PORT ?? 3000))
