import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto'
import Fastify from 'fastify'
import pg from 'pg'

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, connectionTimeoutMillis: 2000 })
pool.on('error', (error) => console.error('idle connection lost:', error.message))

const app = Fastify({ logger: { level: 'error' } })

const text = { type: 'string', minLength: 1 }
const account = (required) => ({
  type: 'object',
  required,
  properties: { email: text, displayName: text, password: text },
})

const hashOf = (password, salt = randomBytes(16)) =>
  `${salt.toString('hex')}:${scryptSync(password, salt, 32, { N: 1024 }).toString('hex')}`

const isPassword = (password, stored) => {
  const again = hashOf(password, Buffer.from(stored.split(':')[0], 'hex'))
  return timingSafeEqual(Buffer.from(again), Buffer.from(stored))
}

app.post(
  '/register',
  { schema: { body: account(['email', 'displayName', 'password']) } },
  async (request, reply) => {
    const { email, displayName, password } = request.body
    const { rows } = await pool.query(
      'INSERT INTO users (email, display_name, password_hash) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING id',
      [email, displayName, hashOf(password)],
    )
    if (rows.length === 0) return reply.code(409).send({ error: 'email is taken' })
    return reply.code(201).send({ id: rows[0].id })
  },
)

app.post('/login', { schema: { body: account(['email', 'password']) } }, async (request, reply) => {
  const { email, password } = request.body
  const { rows } = await pool.query('SELECT id, password_hash FROM users WHERE email = $1', [email])
  if (rows.length === 0 || !isPassword(password, rows[0].password_hash))
    return reply.code(401).send({ error: 'wrong email or password' })
  const session = await pool.query('INSERT INTO sessions (user_id) VALUES ($1) RETURNING token', [rows[0].id])
  return { token: session.rows[0].token }
})

const UUID = /^[0-9a-f-]{36}$/

const loggedIn = async (request, reply) => {
  const token = request.headers.authorization?.replace('Bearer ', '') ?? ''
  const { rows } = UUID.test(token)
    ? await pool.query('SELECT user_id FROM sessions WHERE token = $1', [token])
    : { rows: [] }
  if (rows.length === 0) return reply.code(401).send({ error: 'log in first' })
  request.userId = rows[0].user_id
}

const profileOf = async (id) => {
  const { rows } = await pool.query(
    'SELECT email, display_name AS "displayName", balance, preferences FROM users WHERE id = $1',
    [id],
  )
  return rows[0]
}

app.get('/profile', { preHandler: loggedIn }, (request) => profileOf(request.userId))

const profile = { type: 'object', required: ['displayName'], properties: { displayName: text } }

app.patch('/profile', { preHandler: loggedIn, schema: { body: profile } }, async (request) => {
  await pool.query('UPDATE users SET display_name = $2 WHERE id = $1', [
    request.userId,
    request.body.displayName,
  ])
  return { ...request.body, ...(await profileOf(request.userId)) }
})

app.put(
  '/profile/preferences',
  {
    preHandler: loggedIn,
    schema: { body: { type: 'object', required: ['theme'], properties: { theme: text } } },
  },
  async (request) => {
    await pool.query('UPDATE users SET preferences = $2 WHERE id = $1', [request.userId, request.body])
    return request.body
  },
)

app.listen({ port: Number(process.env.PORT ?? 3000), host: '127.0.0.1' })
