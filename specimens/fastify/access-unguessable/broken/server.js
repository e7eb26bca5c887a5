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

const files = []
const shares = []

const file = {
  type: 'object',
  required: ['name', 'content'],
  additionalProperties: false,
  properties: { name: text, content: text },
}

const ofUser = (req) => files.find((one) => one.id === req.params.id && one.userId === req.user.id)

app.get('/files', { preHandler: requireUser }, async (req) => ({
  files: files.filter((one) => one.userId === req.user.id).map(({ id, name }) => ({ id, name })),
}))

app.post('/files', { preHandler: requireUser, schema: { body: file } }, async (req, reply) => {
  const made = { id: randomUUID(), userId: req.user.id, ...req.body }
  files.push(made)
  return reply.code(201).send({ file: { id: made.id, name: made.name } })
})

app.get('/files/:id', { preHandler: requireUser }, async (req, reply) => {
  const found = files.find((one) => one.id === req.params.id)
  if (found === undefined) return reply.code(404).send({ error: 'no such file' })
  return { file: { id: found.id, name: found.name, content: found.content } }
})

app.delete('/files/:id', { preHandler: requireUser }, async (req, reply) => {
  const found = ofUser(req)
  if (found === undefined) return reply.code(404).send({ error: 'no such file' })
  files.splice(files.indexOf(found), 1)
  return reply.code(204).send()
})

// A link that is made to be passed on: whoever has it may read.
app.post(
  '/shares',
  {
    preHandler: requireUser,
    schema: { body: { type: 'object', required: ['message'], properties: { message: text } } },
  },
  async (req, reply) => {
    const share = { token: randomUUID(), userId: req.user.id, message: req.body.message }
    shares.push(share)
    return reply.code(201).send({ share: { token: share.token } })
  },
)

app.get('/shares/:token', async (req, reply) => {
  const share = shares.find((one) => one.token === req.params.token)
  if (share === undefined) return reply.code(404).send({ error: 'no such link' })
  return { share: { message: share.message } }
})

await app.listen({ port: Number(process.env.PORT ?? 3000), host: '0.0.0.0' })
