import express from 'express'
import { countFailure, forget, isBlocked } from './limiter.js'
import { hash, matches } from './passwords.js'
import { issue, read } from './tokens.js'

const users = new Map()
const letters = new Map()
const tips = [{ id: 1, text: 'Write by hand.' }]
const nobody = hash('nobody has this password')

const app = express()
app.disable('x-powered-by')
app.use(express.json({ limit: '16kb' }))

app.get('/tips', (_req, res) => res.json(tips))

app.post('/register', (req, res) => {
  const { email, password } = req.body ?? {}
  if (typeof email !== 'string' || !email.includes('@'))
    return res.status(400).json({ error: 'email must be an address' })
  if (typeof password !== 'string' || password.length < 8)
    return res.status(400).json({ error: 'password must be a string of 8 characters or more' })
  if (users.has(email)) return res.status(409).json({ error: 'email is taken' })
  users.set(email, { email, password: hash(password) })
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
  res.json({ token: issue(user.email) })
})

app.use((req, res, next) => {
  const claims = read(req.get('authorization')?.replace(/^Bearer /, '') ?? '')
  req.user = claims && users.get(claims.sub)
  if (!req.user) return res.status(401).json({ error: 'log in first' })
  next()
})

app.get('/me', (req, res) => res.json({ email: req.user.email }))

app.get('/letters', (req, res) => res.json(letters.get(req.user.email) ?? []))

app.post('/letters', (req, res) => {
  if (typeof req.body?.text !== 'string') return res.status(400).json({ error: 'text must be a string' })
  const mine = letters.get(req.user.email) ?? []
  const letter = { id: mine.length + 1, text: req.body.text }
  letters.set(req.user.email, [...mine, letter])
  res.status(201).json(letter)
})

// Tokens are not kept: they end by themselves within a quarter of an hour.
app.post('/logout', (_req, res) => res.status(204).end())

app.listen(Number(process.env.PORT ?? 3000))
