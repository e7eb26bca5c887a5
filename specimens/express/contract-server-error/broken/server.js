import express from 'express'
import pg from 'pg'

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL })
pool.on('error', (error) => console.error('idle connection lost:', error.message))

const app = express()
app.use(express.json())

app.get('/books', async (_req, res) => {
  const { rows } = await pool.query('SELECT id, title, price_cents FROM books ORDER BY id LIMIT 100')
  res.json(rows)
})

app.get('/books/:id', async (req, res) => {
  const { rows } = await pool.query('SELECT id, title, price_cents FROM books WHERE id = $1', [req.params.id])
  if (rows.length === 0) return res.status(404).json({ error: 'no such book' })
  res.json(rows[0])
})

app.post('/books', async (req, res) => {
  const { title, priceCents } = req.body ?? {}
  if (typeof title !== 'string' || title === '') return res.status(400).json({ error: 'title is required' })
  if (!Number.isInteger(priceCents)) return res.status(400).json({ error: 'priceCents must be an integer' })
  const { rows } = await pool.query(
    'INSERT INTO books (title, price_cents) VALUES ($1, $2) RETURNING id, title, price_cents',
    [title, priceCents],
  )
  res.status(201).json(rows[0])
})

app.use((error, _req, res, _next) => {
  if (error.status < 500) return res.status(error.status).json({ error: error.message })
  console.error(error)
  res.status(500).json({ error: 'internal error' })
})

app.listen(Number(process.env.PORT ?? 3000))
