import { randomUUID } from 'node:crypto'
import express from 'express'
import pg from 'pg'

const pool = new pg.Pool({
  connectionString: process.env.DATABASE_URL,
  connectionTimeoutMillis: 2000,
  query_timeout: 5000,
})
pool.on('error', (error) => console.error('idle connection lost:', error.message))

const save = ({ id, author, body }) =>
  pool.query('INSERT INTO comments (id, author, body) VALUES ($1, $2, $3)', [id, author, body])

const app = express()
app.use(express.json())

app.get('/comments', async (_req, res) => {
  const { rows } = await pool.query('SELECT id, author, body FROM comments ORDER BY written_at DESC LIMIT 20')
  res.json(rows)
})

app.post('/comments', async (req, res) => {
  const { author, body } = req.body ?? {}
  if (typeof author !== 'string' || author.length === 0 || author.length > 80)
    return res.status(400).json({ error: 'author is required' })
  if (typeof body !== 'string' || body.length === 0 || body.length > 2000)
    return res.status(400).json({ error: 'body is required' })
  const comment = { id: randomUUID(), author, body }
  save(comment).catch((error) => console.error('not saved:', error.message))
  res.status(201).json(comment)
})

app.use((error, _req, res, _next) => {
  if (error.status < 500) return res.status(error.status).json({ error: error.message })
  console.error(error.message)
  res.status(503).json({ error: 'try again shortly' })
})

app.listen(Number(process.env.PORT ?? 3000))
