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

app.get('/api/orders', requireUser, async (req, res) => {
  const { rows } = await pool.query(
    'SELECT id, product, quantity, state FROM orders WHERE customer_id = $1 ORDER BY id DESC LIMIT 50',
    [req.userId],
  )
  res.json({ orders: rows })
})

app.post('/api/orders', requireUser, async (req, res) => {
  const { product, quantity } = req.body ?? {}
  if (!isText(product) || !Number.isInteger(quantity)) {
    return res.status(400).json({ error: 'product and quantity are required' })
  }
  const { rows } = await pool.query(
    'INSERT INTO orders (customer_id, product, quantity) VALUES ($1, $2, $3) RETURNING id, product, quantity, state',
    [req.userId, product, quantity],
  )
  res.status(201).json({ order: rows[0] })
})

app.get('/api/orders/:id', requireUser, async (req, res) => {
  const { rows } = await pool.query('SELECT id, product, quantity, state FROM orders WHERE id = $1', [
    Number(req.params.id),
  ])
  if (rows.length === 0) return res.status(404).json({ error: 'no such order' })
  res.json({ order: rows[0] })
})

app.post('/api/orders/:id/cancel', requireUser, async (req, res) => {
  const { rowCount } = await pool.query(
    "UPDATE orders SET state = 'cancelled' WHERE id = $1 AND customer_id = $2 AND state = 'open'",
    [Number(req.params.id), req.userId],
  )
  if (rowCount === 0) return res.status(404).json({ error: 'no such open order' })
  res.json({ state: 'cancelled' })
})

app.listen(Number(process.env.PORT ?? 3000))
