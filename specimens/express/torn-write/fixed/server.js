import express from 'express'
import pg from 'pg'

const pool = new pg.Pool({
  connectionString: process.env.DATABASE_URL,
  connectionTimeoutMillis: 2000,
  query_timeout: 5000,
})
pool.on('error', (error) => console.error('idle connection lost:', error.message))
pool.on('connect', (client) => {
  client.on('error', (error) => console.error('connection lost:', error.message))
})

const app = express()
app.use(express.json())

app.get('/products', async (_req, res) => {
  const { rows } = await pool.query('SELECT id, name, stock FROM products ORDER BY id LIMIT 100')
  res.json(rows)
})

app.get('/orders/:id', async (req, res) => {
  if (!/^\d{1,9}$/.test(req.params.id)) return res.status(404).json({ error: 'no such order' })
  const { rows } = await pool.query('SELECT id, product_id, quantity FROM orders WHERE id = $1', [
    req.params.id,
  ])
  if (rows[0] === undefined) return res.status(404).json({ error: 'no such order' })
  res.json(rows[0])
})

async function transaction(work) {
  const client = await pool.connect()
  let broken = false
  try {
    await client.query('BEGIN')
    const result = await work(client)
    await client.query('COMMIT')
    return result
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {
      broken = true
    })
    throw error
  } finally {
    client.release(broken)
  }
}

app.post('/orders', async (req, res) => {
  const { productId, quantity } = req.body ?? {}
  if (!Number.isInteger(productId) || !Number.isInteger(quantity) || quantity < 1 || quantity > 10) {
    return res.status(400).json({ error: 'productId and a quantity from 1 to 10 are required' })
  }
  const order = await transaction(async (client) => {
    const deducted = await client.query(
      'UPDATE products SET stock = stock - $2 WHERE id = $1 AND stock >= $2',
      [productId, quantity],
    )
    if (deducted.rowCount === 0) return null
    const { rows } = await client.query(
      'INSERT INTO orders (product_id, quantity) VALUES ($1, $2) RETURNING id, product_id, quantity',
      [productId, quantity],
    )
    return rows[0]
  })
  if (order === null) return res.status(409).json({ error: 'no such product, or not enough in stock' })
  res.status(201).json(order)
})

app.use((error, _req, res, _next) => {
  if (error.status < 500) return res.status(error.status).json({ error: 'bad request' })
  console.error(error.message)
  res.status(503).json({ error: 'try again shortly' })
})

app.listen(Number(process.env.PORT ?? 3000))
