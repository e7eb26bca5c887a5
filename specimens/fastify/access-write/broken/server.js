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

const tasks = []
const settings = new Map()

const task = {
  type: 'object',
  required: ['title'],
  additionalProperties: false,
  properties: { title: text, notes: text },
}

const ofUser = (req) => tasks.find((one) => one.id === Number(req.params.id) && one.userId === req.user.id)

app.get('/tasks', { preHandler: requireUser }, async (req) => ({
  tasks: tasks.filter((one) => one.userId === req.user.id),
}))

app.post('/tasks', { preHandler: requireUser, schema: { body: task } }, async (req, reply) => {
  const made = { id: tasks.length + 1, userId: req.user.id, done: false, ...req.body }
  tasks.push(made)
  return reply.code(201).send({ task: made })
})

app.get('/tasks/:id', { preHandler: requireUser }, async (req, reply) => {
  const found = ofUser(req)
  if (found === undefined) return reply.code(404).send({ error: 'no such task' })
  return { task: found }
})

app.put('/tasks/:id', { preHandler: requireUser, schema: { body: task } }, async (req, reply) => {
  const found = tasks.find((one) => one.id === Number(req.params.id))
  if (found === undefined) return reply.code(404).send({ error: 'no such task' })
  Object.assign(found, req.body)
  return { task: found }
})

app.delete('/tasks/:id', { preHandler: requireUser }, async (req, reply) => {
  const found = ofUser(req)
  if (found === undefined) return reply.code(404).send({ error: 'no such task' })
  tasks.splice(tasks.indexOf(found), 1)
  return reply.code(204).send()
})

// Each account has settings of its own under the same names.
app.put(
  '/settings/:name',
  {
    preHandler: requireUser,
    schema: { body: { type: 'object', required: ['value'], properties: { value: text } } },
  },
  async (req) => {
    const own = settings.get(req.user.id) ?? new Map()
    settings.set(req.user.id, own.set(req.params.name, req.body.value))
    return { name: req.params.name, value: req.body.value }
  },
)

app.get('/settings/:name', { preHandler: requireUser }, async (req) => ({
  data: settings.get(req.user.id)?.get(req.params.name) ?? null,
}))

await app.listen({ port: Number(process.env.PORT ?? 3000), host: '0.0.0.0' })
