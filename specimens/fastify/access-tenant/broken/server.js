import { randomBytes } from 'node:crypto'
import Fastify from 'fastify'
import pg from 'pg'

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL })
pool.on('error', (error) => console.error('idle connection lost:', error.message))

const app = Fastify({ logger: { level: 'warn' } })

const text = { type: 'string', minLength: 1, maxLength: 200 }
const body = (...names) => ({
  body: {
    type: 'object',
    required: names,
    additionalProperties: false,
    properties: Object.fromEntries(names.map((name) => [name, text])),
  },
})

app.decorateRequest('tenantId', null)
const requireTenant = async (req, reply) => {
  const { rows } = await pool.query('SELECT tenant_id FROM api_keys WHERE key = $1', [
    req.headers.authorization?.replace(/^Bearer /, '') ?? '',
  ])
  if (rows.length === 0) return reply.code(401).send({ error: 'no such key' })
  req.tenantId = rows[0].tenant_id
}
const guarded = { preHandler: requireTenant }

// Whoever signs up is a tenant of its own.
app.post('/signup', { schema: body('company', 'email', 'password') }, async (req, reply) => {
  const { company, email } = req.body
  const { rows } = await pool.query('INSERT INTO tenants (company, email) VALUES ($1, $2) RETURNING id', [
    company,
    email,
  ])
  const token = randomBytes(24).toString('hex')
  await pool.query('INSERT INTO api_keys (key, tenant_id) VALUES ($1, $2)', [token, rows[0].id])
  return reply.code(201).send({ tenant: { id: rows[0].id, company }, token })
})

app.get('/contracts', guarded, async (req) => {
  const { rows } = await pool.query(
    'SELECT id, party, terms FROM contracts WHERE tenant_id = $1 ORDER BY id',
    [req.tenantId],
  )
  return { data: rows, total: rows.length }
})

app.post('/contracts', { ...guarded, schema: body('party', 'terms') }, async (req, reply) => {
  const { rows } = await pool.query(
    'INSERT INTO contracts (tenant_id, party, terms) VALUES ($1, $2, $3) RETURNING id, party, terms',
    [req.tenantId, req.body.party, req.body.terms],
  )
  return reply.code(201).send({ data: rows[0] })
})

app.get('/contracts/:id', guarded, async (req, reply) => {
  const { rows } = await pool.query(
    'SELECT id, party, terms FROM contracts WHERE id = $1 AND tenant_id = $2',
    [Number(req.params.id), req.tenantId],
  )
  if (rows.length === 0) return reply.code(404).send({ error: 'no such contract' })
  return { data: rows[0] }
})

app.patch('/contracts/:id', { ...guarded, schema: body('terms') }, async (req, reply) => {
  const { rowCount } = await pool.query('UPDATE contracts SET terms = $2 WHERE id = $1', [
    Number(req.params.id),
    req.body.terms,
  ])
  return rowCount === 0 ? reply.code(404).send({ error: 'no such contract' }) : reply.code(204).send()
})

app.delete('/contracts/:id', guarded, async (req, reply) => {
  const { rowCount } = await pool.query('DELETE FROM contracts WHERE id = $1', [Number(req.params.id)])
  return rowCount === 0 ? reply.code(404).send({ error: 'no such contract' }) : reply.code(204).send()
})

await app.listen({ port: Number(process.env.PORT ?? 3000), host: '0.0.0.0' })
