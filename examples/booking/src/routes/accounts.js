import { hashPassword, verifyPassword } from '../auth/passwords.js'
import { requireAccount, startSession } from '../auth/sessions.js'
import { query } from '../db.js'

const email = { type: 'string', format: 'email', maxLength: 200 }
const password = { type: 'string', minLength: 8, maxLength: 200 }

const registration = {
  type: 'object',
  required: ['email', 'name', 'password'],
  additionalProperties: false,
  properties: { email, password, name: { type: 'string', minLength: 1, maxLength: 100 } },
}

const credentials = {
  type: 'object',
  required: ['email', 'password'],
  additionalProperties: false,
  properties: { email, password: { type: 'string', maxLength: 200 } },
}

export async function accountRoutes(app) {
  app.post('/register', { schema: { body: registration } }, async (request, reply) => {
    const { email, name, password } = request.body
    const { rows } = await query(
      `INSERT INTO accounts (email, name, password_hash) VALUES (lower($1), $2, $3)
       ON CONFLICT (email) DO NOTHING RETURNING id, email, name`,
      [email, name, await hashPassword(password)],
    )
    if (!rows[0]) return reply.code(409).send({ error: 'this address is already registered' })
    const token = startSession(reply, rows[0].id)
    return reply.code(201).send({ account: rows[0], token })
  })

  app.post('/login', { schema: { body: credentials } }, async (request, reply) => {
    const { rows } = await query(
      'SELECT id, email, name, password_hash FROM accounts WHERE email = lower($1)',
      [request.body.email],
    )
    const account = rows[0]
    if (!account || !(await verifyPassword(request.body.password, account.password_hash))) {
      return reply.code(401).send({ error: 'wrong address or password' })
    }
    const token = startSession(reply, account.id)
    return { account: { id: account.id, email: account.email, name: account.name }, token }
  })

  app.post('/logout', async (_request, reply) => {
    return reply.clearCookie('session', { path: '/' }).code(204).send()
  })

  app.get('/me', { preHandler: requireAccount }, async (request) => request.account)
}
