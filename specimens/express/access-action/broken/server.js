import { randomBytes, scryptSync } from 'node:crypto'
import express from 'express'
import pg from 'pg'

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL })
pool.on('error', (error) => console.error('idle connection lost:', error.message))

const app = express()
app.use(express.json())

const isText = (value) => typeof value === 'string' && value.trim() !== ''
const hash = (password, salt) => scryptSync(password, salt, 32, { N: 1024 }).toString('hex')

const requireUser = async (req, res, next) => {
  const token = req.get('authorization')?.replace(/^Bearer /, '') ?? ''
  const { rows } = await pool.query('SELECT user_id FROM sessions WHERE token = $1', [token])
  if (rows.length === 0) return res.status(401).json({ error: 'log in first' })
  req.userId = rows[0].user_id
  next()
}

app.post('/api/auth/register', async (req, res) => {
  const { email, password } = req.body ?? {}
  if (!isText(email) || !isText(password))
    return res.status(400).json({ error: 'email and password are required' })
  const salt = randomBytes(8).toString('hex')
  const { rows } = await pool.query(
    'INSERT INTO users (email, salt, hash) VALUES ($1, $2, $3) ON CONFLICT (email) DO NOTHING RETURNING id',
    [email, salt, hash(password, salt)],
  )
  if (rows.length === 0) return res.status(409).json({ error: 'taken' })
  res.status(201).json({ id: rows[0].id, email })
})

app.post('/api/auth/login', async (req, res) => {
  const { email, password } = req.body ?? {}
  const { rows } = await pool.query('SELECT id, salt, hash FROM users WHERE email = $1', [String(email)])
  if (rows.length === 0 || hash(String(password), rows[0].salt) !== rows[0].hash) {
    return res.status(401).json({ error: 'wrong e-mail or password' })
  }
  const token = randomBytes(24).toString('hex')
  await pool.query('INSERT INTO sessions (token, user_id) VALUES ($1, $2)', [token, rows[0].id])
  res.json({ token })
})

app.get('/api/tickets', requireUser, async (req, res) => {
  const { rows } = await pool.query(
    'SELECT id, subject, state FROM tickets WHERE user_id = $1 AND deleted_at IS NULL ORDER BY id',
    [req.userId],
  )
  res.json(rows)
})

app.post('/api/tickets', requireUser, async (req, res) => {
  const { subject } = req.body ?? {}
  if (!isText(subject)) return res.status(400).json({ error: 'subject is required' })
  const { rows } = await pool.query(
    'INSERT INTO tickets (user_id, subject) VALUES ($1, $2) RETURNING id, subject, state',
    [req.userId, subject],
  )
  res.status(201).json(rows[0])
})

// What is gone is kept for a while, and no longer shown.
app.delete('/api/tickets/:id', requireUser, async (req, res) => {
  await pool.query('UPDATE tickets SET deleted_at = now() WHERE id = $1 AND user_id = $2', [
    Number(req.params.id),
    req.userId,
  ])
  res.status(204).end()
})

app.post('/api/tickets/:id/close', requireUser, async (req, res) => {
  const { rows } = await pool.query("UPDATE tickets SET state = 'closed' WHERE id = $1 RETURNING id, state", [
    Number(req.params.id),
  ])
  if (rows.length === 0) return res.status(404).json({ error: 'no such ticket' })
  res.json(rows[0])
})

app.listen(Number(process.env.PORT ?? 3000))
