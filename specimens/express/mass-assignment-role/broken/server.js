import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto'
import express from 'express'

const users = []
const tasks = []
const sessions = new Map()
const app = express()
app.use(express.json())

const hash = (password, salt) => scryptSync(password, salt, 32, { N: 1024 })
const view = ({ id, email, name, role }) => ({ id, email, name, role })

app.post('/register', (req, res) => {
  const { email, name, password } = req.body ?? {}
  if (typeof email !== 'string' || typeof name !== 'string' || typeof password !== 'string')
    return res.status(400).json({ error: 'email, name and password are required' })
  if (users.some((user) => user.email === email)) return res.status(409).json({ error: 'email is taken' })
  const salt = randomBytes(16)
  const user = { id: users.length + 1, role: 'member' }
  Object.assign(user, req.body, { salt, hash: hash(password, salt) })
  delete user.password
  users.push(user)
  res.status(201).json({ id: user.id, email: user.email, name: user.name })
})

app.post('/login', (req, res) => {
  const { email, password } = req.body ?? {}
  const user = users.find((one) => one.email === email)
  if (!user || typeof password !== 'string' || !timingSafeEqual(hash(password, user.salt), user.hash))
    return res.status(401).json({ error: 'wrong email or password' })
  const token = randomBytes(24).toString('base64url')
  sessions.set(token, user)
  res.json({ token })
})

app.use((req, res, next) => {
  req.user = sessions.get(req.get('authorization')?.replace('Bearer ', ''))
  if (!req.user) return res.status(401).json({ error: 'log in first' })
  next()
})

app.get('/me', (req, res) => res.json(view(req.user)))

app.get('/admin/users', (req, res) => {
  if (req.user.role !== 'admin') return res.status(403).json({ error: 'administrators only' })
  res.json(users.map(view))
})

app.get('/tasks', (req, res) => res.json(tasks.filter(({ ownerId }) => ownerId === req.user.id)))

app.post('/tasks', (req, res) => {
  const { title } = req.body ?? {}
  if (typeof title !== 'string' || title === '') return res.status(400).json({ error: 'title is required' })
  const task = { id: tasks.length + 1, ownerId: req.user.id, title, status: 'open' }
  tasks.push(task)
  res.status(201).json(task)
})

app.patch('/tasks/:id', (req, res) => {
  const { status } = req.body ?? {}
  const task = tasks.find(({ id, ownerId }) => String(id) === req.params.id && ownerId === req.user.id)
  if (!task) return res.status(404).json({ error: 'no such task' })
  if (!['open', 'doing', 'done'].includes(status))
    return res.status(400).json({ error: 'status must be one of open, doing, done' })
  task.status = status
  res.json(task)
})

app.post('/feedback', (req, res) => {
  const { text } = req.body ?? {}
  if (typeof text !== 'string') return res.status(400).json({ error: 'text is required' })
  res.status(202).json({ received: req.body })
})

app.use((error, _req, res, _next) => {
  const status = error.status ?? 500
  if (status >= 500) console.error(error)
  res.status(status).json({ error: status < 500 ? 'bad request' : 'internal error' })
})

app.listen(Number(process.env.PORT ?? 3000))
