import express from 'express'
import pg from 'pg'

const pool = new pg.Pool({
  connectionString: process.env.DATABASE_URL,
  connectionTimeoutMillis: 2000,
  query_timeout: 3000,
})
pool.on('error', (error) => console.error('idle connection lost:', error.message))

const app = express()
app.use(express.json())

app.get('/books', async (_req, res) => {
  const { rows } = await pool.query('SELECT id, title, author FROM books ORDER BY id LIMIT 50')
  res.json(rows)
})

app.get('/books/:id', async (req, res) => {
  const { rows } = await pool.query('SELECT id, title, author FROM books WHERE id = $1', [
    Number(req.params.id) || 0,
  ])
  if (!rows[0]) return res.status(404).json({ error: 'no such book' })
  res.json(rows[0])
})

app.post('/books', async (req, res) => {
  const { title, author } = req.body ?? {}
  if (typeof title !== 'string' || typeof author !== 'string') {
    return res.status(400).json({ error: 'title and author are required' })
  }
  const { rows } = await pool.query('INSERT INTO books (title, author) VALUES ($1, $2) RETURNING *', [
    title,
    author,
  ])
  res.status(201).json(rows[0])
})

app.use((_req, res) => res.status(404).json({ error: 'not found' }))

app.use((error, _req, res, _next) => {
  if (error.status < 500) return res.status(error.status).json({ error: 'bad request' })
  console.error(error.message)
  res.status(503).json({ error: 'try again shortly' })
})

app.listen(Number(process.env.PORT ?? 3000))
