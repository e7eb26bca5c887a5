import { randomBytes } from 'node:crypto'
import express from 'express'

const users = []
const sessions = new Map()

const app = express()
app.use(express.json())

const isText = (value) => typeof value === 'string' && value.trim() !== ''

const requireUser = (req, res, next) => {
  const user = sessions.get(req.get('authorization')?.replace(/^Bearer /, ''))
  if (user === undefined) return res.status(401).json({ error: 'log in first' })
  req.user = user
  next()
}

app.post('/register', (req, res) => {
  const { username, email, password } = req.body ?? {}
  if (!isText(email) || !isText(username) || !isText(password)) {
    return res.status(400).json({ error: 'username, email and password are required' })
  }
  if (users.some((user) => user.username === username)) return res.status(409).json({ error: 'taken' })
  const user = { id: users.length + 1, username, email, password }
  users.push(user)
  res.status(201).json({ id: user.id, username })
})

app.post('/login', (req, res) => {
  const { username, password } = req.body ?? {}
  const user = users.find((one) => one.username === username && one.password === password)
  if (user === undefined) return res.status(401).json({ error: 'wrong username or password' })
  const token = randomBytes(24).toString('hex')
  sessions.set(token, user)
  res.json({ token })
})

// Names are public, addresses are not.
app.get('/users', (_req, res) => {
  res.json(users.map(({ username }) => ({ username })))
})

app.get('/users/:username', (req, res) => {
  const user = users.find((one) => one.username === req.params.username)
  if (user === undefined) return res.status(404).json({ error: 'no such user' })
  res.json({ username: user.username })
})

app.get('/account', requireUser, (req, res) => {
  res.json({ username: req.user.username, email: req.user.email })
})

app.put('/users/:username/email', requireUser, (req, res) => {
  const { email } = req.body ?? {}
  if (!isText(email)) return res.status(400).json({ error: 'email is required' })
  if (req.user.username !== req.params.username) return res.status(403).json({ error: 'not yours' })
  req.user.email = email
  res.status(204).end()
})

app.put('/users/:username/password', requireUser, (req, res) => {
  const { password } = req.body ?? {}
  if (!isText(password)) return res.status(400).json({ error: 'password is required' })
  if (req.user.username !== req.params.username) return res.status(403).json({ error: 'not yours' })
  req.user.password = password
  res.status(204).end()
})

app.listen(Number(process.env.PORT ?? 3000))
