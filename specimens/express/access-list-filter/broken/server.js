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
  const { username, password } = req.body ?? {}
  if (!isText(username) || !isText(password)) {
    return res.status(400).json({ error: 'username and password are required' })
  }
  if (users.some((user) => user.username === username)) return res.status(409).json({ error: 'taken' })
  const user = { id: users.length + 1, username, password }
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

const invoices = []

app.get('/me', requireUser, (req, res) => {
  res.json({ id: req.user.id, username: req.user.username })
})

app.get('/invoices', requireUser, (req, res) => {
  const userId = Number(req.query.userId ?? req.user.id)
  res.json({ items: invoices.filter((invoice) => invoice.userId === userId), next: null })
})

app.post('/invoices', requireUser, (req, res) => {
  const { customer, cents } = req.body ?? {}
  if (!isText(customer) || !Number.isInteger(cents)) {
    return res.status(400).json({ error: 'customer and cents are required' })
  }
  const invoice = { number: invoices.length + 1, userId: req.user.id, customer, cents }
  invoices.push(invoice)
  res.status(201).location(`/invoices/${invoice.number}`).end()
})

app.get('/invoices/:number', requireUser, (req, res) => {
  const invoice = invoices.find(
    (one) => one.number === Number(req.params.number) && one.userId === req.user.id,
  )
  if (invoice === undefined) return res.status(404).json({ error: 'no such invoice' })
  res.json(invoice)
})

app.listen(Number(process.env.PORT ?? 3000))
