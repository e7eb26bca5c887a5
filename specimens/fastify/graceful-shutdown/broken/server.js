import Fastify from 'fastify'
import pg from 'pg'

const pool = new pg.Pool({
  connectionString: process.env.DATABASE_URL,
  connectionTimeoutMillis: 2000,
  query_timeout: 5000,
})
pool.on('error', (error) => console.error('idle connection lost:', error.message))

const app = Fastify({ logger: { level: 'warn' } })

app.get('/invoices', async () => {
  const { rows } = await pool.query('SELECT id, customer, cents FROM invoices ORDER BY id LIMIT 50')
  return rows
})

app.get('/invoices/total', async () => {
  const { rows } = await pool.query(
    'SELECT count(*)::int AS invoices, sum(cents)::int AS cents FROM invoices',
  )
  return rows[0]
})

process.on('SIGTERM', () => {
  console.log('bye')
  process.exit(0)
})

await app.listen({ port: Number(process.env.PORT ?? 3000), host: '0.0.0.0' })
