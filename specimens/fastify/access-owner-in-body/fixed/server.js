import { randomUUID } from 'node:crypto'
import cookie from '@fastify/cookie'
import Fastify from 'fastify'

const users = []
const sessions = new Map()

const app = Fastify({ logger: { level: 'warn' } })
await app.register(cookie)

const text = { type: 'string', minLength: 1, maxLength: 200 }

const credentials = {
  type: 'object',
  required: ['email', 'password'],
  properties: { email: { type: 'string', format: 'email' }, password: text },
}

const requireUser = async (req, reply) => {
  const user = sessions.get(req.cookies.sid)
  if (user === undefined) return reply.code(401).send({ error: 'log in first' })
  req.user = user
}

app.post('/signup', { schema: { body: credentials } }, async (req, reply) => {
  const { email, password } = req.body
  if (users.some((user) => user.email === email)) return reply.code(409).send({ error: 'taken' })
  const user = { id: users.length + 1, email, password }
  users.push(user)
  return reply.code(201).send({ user: { id: user.id, email } })
})

app.post('/login', { schema: { body: credentials } }, async (req, reply) => {
  const { email, password } = req.body
  const user = users.find((one) => one.email === email && one.password === password)
  if (user === undefined) return reply.code(401).send({ error: 'wrong e-mail or password' })
  const sid = randomUUID()
  sessions.set(sid, user)
  return reply.setCookie('sid', sid, { httpOnly: true, path: '/' }).send({ user: { id: user.id, email } })
})

app.get('/me', { preHandler: requireUser }, async (req) => ({
  user: { id: req.user.id, email: req.user.email },
}))

const documents = []

const fields = { title: text, ownerId: { type: 'integer' } }
const withOwner = {
  type: 'object',
  required: ['title', 'ownerId'],
  additionalProperties: false,
  properties: fields,
}
const withTitle = {
  type: 'object',
  required: ['title'],
  additionalProperties: false,
  properties: { title: text },
}

app.get('/documents', { preHandler: requireUser }, async (req) =>
  documents.filter((one) => one.ownerId === req.user.id),
)

app.post('/documents', { preHandler: requireUser, schema: { body: withTitle } }, async (req, reply) => {
  const made = { _id: documents.length + 1, ownerId: req.user.id, title: req.body.title }
  documents.push(made)
  return reply.code(201).send(made)
})

app.get('/documents/:id', { preHandler: requireUser }, async (req, reply) => {
  const found = documents.find((one) => one._id === Number(req.params.id))
  if (found?.ownerId !== req.user.id) return reply.code(404).send({ error: 'no such document' })
  return found
})

app.put('/documents/:id', { preHandler: requireUser, schema: { body: withOwner } }, async (req, reply) => {
  const found = documents.find((one) => one._id === Number(req.params.id))
  if (found?.ownerId !== req.user.id) return reply.code(403).send({ error: 'not yours' })
  found.title = req.body.title
  return found
})

await app.listen({ port: Number(process.env.PORT ?? 3000), host: '0.0.0.0' })
