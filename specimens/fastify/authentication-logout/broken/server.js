import { randomBytes } from 'node:crypto'
import cookie from '@fastify/cookie'
import Fastify from 'fastify'
import { countFailure, forget, isBlocked } from './limiter.js'
import { hash, matches } from './passwords.js'

const users = new Map()
const sessions = new Map()
const nobody = hash('nobody has this password')
const COOKIE = { path: '/', httpOnly: true, secure: process.env.NODE_ENV === 'production', sameSite: 'lax' }

const app = Fastify({ logger: { level: 'warn' } })
await app.register(cookie)

const credentials = {
  body: {
    type: 'object',
    required: ['email', 'password'],
    properties: {
      email: { type: 'string', format: 'email' },
      password: { type: 'string', minLength: 8, maxLength: 100 },
    },
  },
}

const onlyUsers = async (req, reply) => {
  req.user = users.get(sessions.get(req.cookies.sid))
  if (!req.user) return reply.code(401).send({ error: 'log in first' })
}

app.get('/menu', async () => ['soup', 'bread', 'tea'])

app.post('/register', { schema: credentials }, async (req, reply) => {
  const { email, password } = req.body
  if (users.has(email)) return reply.code(409).send({ error: 'email is taken' })
  users.set(email, { email, password: hash(password), bookings: [] })
  return reply.code(201).send({ email })
})

app.post('/login', { schema: credentials }, async (req, reply) => {
  const { email, password } = req.body
  const key = email.toLowerCase()
  if (isBlocked(key)) return reply.code(429).header('retry-after', '60').send({ error: 'too many attempts' })
  const user = users.get(email)
  if (!matches(password, user?.password ?? nobody) || !user) {
    countFailure(key)
    return reply.code(401).send({ error: 'email or password is wrong' })
  }
  forget(key)
  const sid = randomBytes(32).toString('base64url')
  sessions.set(sid, email)
  return reply.setCookie('sid', sid, COOKIE).send({ email })
})

app.post('/logout', { preHandler: onlyUsers }, async (_req, reply) => {
  return reply.clearCookie('sid', COOKIE).code(204).send()
})

app.get('/me', { preHandler: onlyUsers }, async (req) => ({ email: req.user.email }))

app.get('/bookings', { preHandler: onlyUsers }, async (req) => req.user.bookings)

app.post(
  '/bookings',
  {
    preHandler: onlyUsers,
    schema: {
      body: {
        type: 'object',
        required: ['name', 'guests'],
        properties: {
          name: { type: 'string', maxLength: 80 },
          guests: { type: 'integer', minimum: 1, maximum: 12 },
        },
      },
    },
  },
  async (req, reply) => {
    const booking = { id: req.user.bookings.length + 1, name: req.body.name, guests: req.body.guests }
    req.user.bookings.push(booking)
    return reply.code(201).send(booking)
  },
)

await app.listen({ port: Number(process.env.PORT ?? 3000), host: '0.0.0.0' })
