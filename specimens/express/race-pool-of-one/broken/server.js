import express from 'express'
import pg from 'pg'

// The free plan of the database allows one connection.
const pool = new pg.Pool({
  connectionString: process.env.DATABASE_URL,
  max: 1,
  connectionTimeoutMillis: 5000,
  query_timeout: 8000,
})
pool.on('error', (error) => console.error('idle connection lost:', error.message))

const app = express()

app.param('id', (_req, res, next, id) => {
  if (/^\d{1,9}$/.test(id)) return next()
  res.status(404).json({ error: 'not found' })
})

app.get('/articles', async (_req, res) => {
  const { rows } = await pool.query('SELECT id, title, likes FROM articles ORDER BY id LIMIT 100')
  res.json(rows)
})

app.post('/articles/:id/likes', async (req, res) => {
  const { rows } = await pool.query('SELECT likes FROM articles WHERE id = $1', [req.params.id])
  if (!rows[0]) return res.status(404).json({ error: 'no such article' })
  const likes = rows[0].likes + 1
  await pool.query('UPDATE articles SET likes = $1 WHERE id = $2', [likes, req.params.id])
  res.json({ likes })
})

app.use((error, _req, res, _next) => {
  if (error.expose) return res.status(error.status).json({ error: error.message })
  console.error(error.message)
  res.status(503).json({ error: 'try again shortly' })
})

app.listen(Number(process.env.PORT ?? 3000))
