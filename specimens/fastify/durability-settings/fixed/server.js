import Fastify from 'fastify'
import pg from 'pg'

const pool = new pg.Pool({
  connectionString: process.env.DATABASE_URL,
  connectionTimeoutMillis: 1000,
  query_timeout: 2000,
})
pool.on('error', (error) => console.error('idle connection lost:', error.message))

const app = Fastify({ logger: { level: 'warn' } })

app.get('/parts', async () => {
  const { rows } = await pool.query('SELECT id, name, in_stock FROM parts ORDER BY name LIMIT 100')
  return rows
})

await app.listen({ port: Number(process.env.PORT ?? 3000), host: '0.0.0.0' })
