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

const projects = []
const tasks = []

const named = { type: 'object', required: ['name'], additionalProperties: false, properties: { name: text } }

const requireProject = async (req, reply) => {
  const project = projects.find(
    (one) => one.id === Number(req.params.projectId) && one.ownerId === req.user?.id,
  )
  if (project === undefined) return reply.code(404).send({ error: 'no such project' })
  req.project = project
}
const guarded = { preHandler: [requireUser, requireProject] }

app.get('/projects', { preHandler: requireUser }, async (req) =>
  projects.filter((one) => one.ownerId === req.user.id),
)

app.post('/projects', { preHandler: requireUser, schema: { body: named } }, async (req, reply) => {
  const project = { id: projects.length + 1, ownerId: req.user.id, name: req.body.name }
  projects.push(project)
  return reply.code(201).send(project)
})

app.get('/projects/:projectId', guarded, async (req) => req.project)

app.get('/projects/:projectId/tasks', guarded, async (req) =>
  tasks.filter((one) => one.projectId === req.project.id),
)

app.post('/projects/:projectId/tasks', { ...guarded, schema: { body: named } }, async (req, reply) => {
  const task = { id: tasks.length + 1, projectId: req.project.id, name: req.body.name }
  tasks.push(task)
  return reply.code(201).send(task)
})

const findTask = (req) => tasks.find((one) => one.id === Number(req.params.taskId))

app.get('/projects/:projectId/tasks/:taskId', guarded, async (req, reply) => {
  const task = findTask(req)
  if (task === undefined) return reply.code(404).send({ error: 'no such task' })
  return task
})

app.put('/projects/:projectId/tasks/:taskId', { ...guarded, schema: { body: named } }, async (req, reply) => {
  const task = findTask(req)
  if (task === undefined) return reply.code(404).send({ error: 'no such task' })
  task.name = req.body.name
  return task
})

await app.listen({ port: Number(process.env.PORT ?? 3000), host: '0.0.0.0' })
