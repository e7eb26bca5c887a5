import express from 'express'
import pg from 'pg'

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, query_timeout: 3000 })
pool.on('error', (error) => console.error('database:', error.message))

const app = express()

const quoteName = (name) => `"${name.replaceAll('"', '""')}"`
const COLUMNS = ['id', 'title', 'year']

app.get('/books', async (req, res) => {
  const sort = COLUMNS.includes(req.query.sort) ? req.query.sort : 'id'
  const direction = req.query.direction === 'desc' ? 'DESC' : 'ASC'
  const { rows } = await pool.query(
    `SELECT id, title, year FROM books ORDER BY ${quoteName(sort)} ${direction} LIMIT 50`,
  )
  res.json(rows)
})

app.get('/books/:id', async (req, res) => {
  const { rows } = await pool.query('SELECT id, title, year FROM books WHERE id = $1', [
    Number(req.params.id) || 0,
  ])
  if (rows.length === 0) return res.status(404).json({ error: 'no such book' })
  res.json(rows[0])
})

app.use((error, _req, res, _next) => {
  console.error(error.message)
  res.status(500).json({ error: 'internal' })
})

app.listen(Number(process.env.PORT ?? 3000), '127.0.0.1')
