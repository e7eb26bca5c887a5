import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto'
import { pool } from './pool.js'

const hashPassword = (password, salt) => `${salt}:${scryptSync(password, salt, 32).toString('hex')}`

const credentials = {
  type: 'object',
  required: ['email', 'password'],
  additionalProperties: false,
  properties: {
    email: { type: 'string', format: 'email', maxLength: 200 },
    password: { type: 'string', minLength: 8, maxLength: 200 },
  },
}

const startSession = async (accountId) => {
  const token = randomBytes(24).toString('base64url')
  await pool.query('INSERT INTO sessions (token, account_id) VALUES ($1, $2)', [token, accountId])
  return { token }
}

/** preHandler: answers 401 without a session, and puts its account on the request. */
export const requireAccount = async (request, reply) => {
  const token = request.headers.authorization?.match(/^Bearer (.+)$/)?.[1]
  const { rows } = await pool.query('SELECT account_id FROM sessions WHERE token = $1', [token ?? ''])
  if (!rows[0]) return reply.code(401).send({ error: 'please log in' })
  request.accountId = rows[0].account_id
}

export const accountRoutes = async (app) => {
  app.post('/register', { schema: { body: credentials } }, async (request, reply) => {
    const { email, password } = request.body
    const { rows } = await pool.query(
      'INSERT INTO accounts (email, password_hash) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING id',
      [email, hashPassword(password, randomBytes(16).toString('hex'))],
    )
    if (!rows[0]) return reply.code(409).send({ error: 'this address is already registered' })
    return reply.code(201).send(await startSession(rows[0].id))
  })

  app.post('/login', { schema: { body: credentials } }, async (request, reply) => {
    const { email, password } = request.body
    const { rows } = await pool.query('SELECT id, password_hash FROM accounts WHERE email = $1', [email])
    const stored = rows[0]?.password_hash ?? ''
    const given = hashPassword(password, stored.split(':')[0])
    if (given.length !== stored.length || !timingSafeEqual(Buffer.from(given), Buffer.from(stored))) {
      return reply.code(401).send({ error: 'wrong address or password' })
    }
    return startSession(rows[0].id)
  })
}
