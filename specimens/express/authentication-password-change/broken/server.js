import { randomBytes } from 'node:crypto'
import express from 'express'
import { countFailure, forget, isBlocked } from './limiter.js'
import { hash, matches } from './passwords.js'

const users = new Map()
const sessions = new Map()
const nobody = hash('nobody has this password')

const app = express()
app.disable('x-powered-by')
app.use(express.json({ limit: '16kb' }))

const isPassword = (value) => typeof value === 'string' && value.length >= 8

app.post('/register', (req, res) => {
  const { email, password } = req.body ?? {}
  if (typeof email !== 'string' || !email.includes('@'))
    return res.status(400).json({ error: 'email must be an address' })
  if (!isPassword(password))
    return res.status(400).json({ error: 'password must be a string of 8 characters or more' })
  if (users.has(email)) return res.status(409).json({ error: 'email is taken' })
  users.set(email, { email, password: hash(password), sums: [] })
  res.status(201).json({ email })
})

app.post('/login', (req, res) => {
  const { email, password } = req.body ?? {}
  const key = String(email)
  if (isBlocked(key)) return res.status(429).set('retry-after', '60').json({ error: 'too many attempts' })
  const user = users.get(key)
  if (!matches(password, user?.password ?? nobody) || !user) {
    countFailure(key)
    return res.status(401).json({ error: 'email or password is wrong' })
  }
  forget(key)
  const token = randomBytes(32).toString('hex')
  sessions.set(token, user.email)
  res.json({ data: { token } })
})

// Answers alike whether the address is known or not.
app.post('/forgot-password', (req, res) => {
  if (typeof req.body?.email !== 'string') return res.status(400).json({ error: 'email is required' })
  res.status(202).json({ message: 'if there is such an account, a mail is on its way' })
})

app.use((req, res, next) => {
  req.token = req.get('authorization')?.replace(/^Bearer /, '')
  req.user = users.get(sessions.get(req.token))
  if (!req.user) return res.status(401).json({ error: 'log in first' })
  next()
})

app.get('/me', (req, res) => res.json({ email: req.user.email }))

app.get('/sums', (req, res) => res.json(req.user.sums))

app.post('/sums', (req, res) => {
  if (!Number.isInteger(req.body?.cents)) return res.status(400).json({ error: 'cents must be a number' })
  req.user.sums.push({ cents: req.body.cents })
  res.status(201).json({ cents: req.body.cents })
})

app.put('/me/password', (req, res) => {
  const { newPassword } = req.body ?? {}
  if (!isPassword(newPassword))
    return res.status(400).json({ error: 'newPassword must be a string of 8 characters or more' })
  req.user.password = hash(newPassword)
  res.status(204).end()
})

app.post('/logout', (req, res) => {
  sessions.delete(req.token)
  res.status(204).end()
})

app.listen(Number(process.env.PORT ?? 3000))
