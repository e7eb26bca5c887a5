import { createHash } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import express from 'express'
import pg from 'pg'

const pool = new pg.Pool({
  connectionString: process.env.DATABASE_URL,
  max: 20,
  connectionTimeoutMillis: 2000,
  query_timeout: 5000,
})
pool.on('error', (error) => console.error('idle connection lost:', error.message))

/** Stands for the signing device that each order has to pass. */
const sign = async (text) => {
  await wait(12)
  return createHash('sha256').update(text).digest('hex')
}

const take = async (item, quantity) => {
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    const { rows } = await client.query(
      `UPDATE counters SET value = value + 1 WHERE name = 'orders' RETURNING value`,
    )
    const number = Number(rows[0].value)
    const signature = await sign(`${number} ${item} ${quantity}`)
    await client.query('INSERT INTO orders (number, item, quantity, signature) VALUES ($1, $2, $3, $4)', [
      number,
      item,
      quantity,
      signature,
    ])
    await client.query('COMMIT')
    return { number, item, quantity, signature }
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined)
    throw error
  } finally {
    client.release()
  }
}

const app = express()
app.use(express.json())

app.post('/orders', async (req, res) => {
  const { item, quantity } = req.body ?? {}
  if (typeof item !== 'string' || item.length === 0 || item.length > 60) {
    res.status(400).json({ error: 'item must be a text of 1 to 60 letters' })
    return
  }
  if (!Number.isInteger(quantity) || quantity < 1 || quantity > 1000) {
    res.status(400).json({ error: 'quantity must be 1 to 1000' })
    return
  }
  res.status(201).json(await take(item, quantity))
})

app.use((error, _req, res, _next) => {
  if (error.status < 500) {
    res.status(error.status).json({ error: 'the body cannot be read' })
    return
  }
  console.error(error.message)
  res.status(503).json({ error: 'try again shortly' })
})

app.listen(Number(process.env.PORT ?? 3000))
