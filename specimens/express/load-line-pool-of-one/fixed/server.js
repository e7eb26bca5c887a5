import { setTimeout as wait } from 'node:timers/promises'
import express from 'express'
import pg from 'pg'

const pool = new pg.Pool({
  connectionString: process.env.DATABASE_URL,
  max: 20,
  connectionTimeoutMillis: 2000,
  query_timeout: 3000,
})
pool.on('error', (error) => console.error('idle connection lost:', error.message))

/** Stands for the carrier's own service, which takes a little while to say what it adds for fuel. */
const fuelSurcharge = async () => {
  await wait(10)
  return 1.08
}

const quote = async (id) => {
  const client = await pool.connect()
  try {
    await client.query('BEGIN READ ONLY')
    const { rows: parcels } = await client.query('SELECT id, zone, grams FROM parcels WHERE id = $1', [id])
    const factor = await fuelSurcharge()
    const { rows: tariffs } = await client.query('SELECT cents_per_kg FROM tariffs WHERE zone = $1', [
      parcels[0]?.zone,
    ])
    await client.query('COMMIT')
    if (parcels.length === 0) return null
    return { id, cents: Math.ceil((parcels[0].grams / 1000) * tariffs[0].cents_per_kg * factor) }
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined)
    throw error
  } finally {
    client.release()
  }
}

const app = express()

app.get('/parcels/:id/quote', async (req, res) => {
  if (!/^\d{1,9}$/.test(req.params.id)) {
    res.status(400).json({ error: 'id must be a number' })
    return
  }
  const found = await quote(Number(req.params.id))
  if (found === null) res.status(404).json({ error: 'no such parcel' })
  else res.json(found)
})

app.use((error, _req, res, _next) => {
  console.error(error.message)
  res.status(503).json({ error: 'try again shortly' })
})

app.listen(Number(process.env.PORT ?? 3000))
