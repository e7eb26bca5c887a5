import Fastify from 'fastify'
import pg from 'pg'

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, query_timeout: 3000 })
pool.on('error', (error) => console.error('database:', error.message))

const app = Fastify({ logger: { level: 'warn' } })

const COLUMNS = ['id', 'name', 'cents']

app.get('/products', async (req) => {
  const sort = COLUMNS.includes(req.query.sort) ? req.query.sort : 'id'
  const { rows } = await pool.query(`SELECT id, name, cents FROM products ORDER BY ${sort} LIMIT 50`)
  return rows
})

app.get('/products/search', async (req) => {
  const { rows } = await pool.query(
    `SELECT id, name FROM products WHERE name ILIKE '%${req.query.term ?? ''}%' ORDER BY id LIMIT 50`,
  )
  return rows
})

app.post('/products', {
  schema: {
    body: {
      type: 'object',
      required: ['name', 'cents'],
      properties: { name: { type: 'string', maxLength: 200 }, cents: { type: 'integer', minimum: 0 } },
    },
  },
  handler: async (req, reply) => {
    const { rows } = await pool.query('INSERT INTO products (name, cents) VALUES ($1, $2) RETURNING *', [
      req.body.name,
      req.body.cents,
    ])
    return reply.code(201).send(rows[0])
  },
})

app.setErrorHandler((error, _req, reply) => {
  reply.code(error.validation ? 400 : 500).send({ error: error.validation ? error.message : 'internal' })
})

await app.listen({ port: Number(process.env.PORT ?? 3000), host: '127.0.0.1' })
