import { randomBytes } from 'node:crypto'
import express from 'express'

const members = []
const sessions = new Map()

const OPERATORS = {
  $eq: (value, wanted) => value === wanted,
  $ne: (value, unwanted) => value !== unwanted,
  $gt: (value, bound) => value > bound,
  $in: (value, list) => list.includes(value),
}

const matches = (value, wanted) =>
  wanted !== null && typeof wanted === 'object'
    ? Object.entries(wanted).every(([name, operand]) => OPERATORS[name]?.(value, operand) ?? false)
    : value === wanted

const find = (query) =>
  members.filter((member) => Object.entries(query).every(([field, wanted]) => matches(member[field], wanted)))

const app = express()
app.use(express.json())

app.post('/register', (req, res) => {
  const { email, password } = req.body ?? {}
  if (typeof email !== 'string' || typeof password !== 'string') {
    return res.status(400).json({ error: 'email and password are required' })
  }
  if (find({ email }).length > 0) return res.status(409).json({ error: 'already a member' })
  members.push({ id: members.length + 1, email, password })
  res.status(201).json({ id: members.length, email })
})

app.post('/login', (req, res) => {
  const { email, password } = req.body ?? {}
  const [member] = find({ email, password })
  if (!member) return res.status(401).json({ error: 'wrong email or password' })
  const token = randomBytes(24).toString('base64url')
  sessions.set(token, member.id)
  res.json({ token })
})

app.get('/me', (req, res) => {
  const id = sessions.get(req.get('authorization')?.replace('Bearer ', ''))
  if (!id) return res.status(401).json({ error: 'log in first' })
  res.json({ id, email: members[id - 1].email })
})

app.use((error, _req, res, _next) => {
  res.status(error.status ?? 500).json({ error: 'bad request' })
})

app.listen(Number(process.env.PORT ?? 3000), '127.0.0.1')
