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

const wallets = []
const transfers = []

const ownWallet = (req, id) => wallets.find((one) => one.id === id && one.userId === req.user.id)

app.get('/wallets', requireUser, (req, res) => {
  res.json(wallets.filter((one) => one.userId === req.user.id))
})

app.post('/wallets', requireUser, (req, res) => {
  const { label } = req.body ?? {}
  if (!isText(label)) return res.status(400).json({ error: 'label is required' })
  const wallet = { id: wallets.length + 1, userId: req.user.id, label, cents: 10_000 }
  wallets.push(wallet)
  res.status(201).json(wallet)
})

app.get('/wallets/:id', requireUser, (req, res) => {
  const wallet = ownWallet(req, Number(req.params.id))
  if (wallet === undefined) return res.status(404).json({ error: 'no such wallet' })
  res.json(wallet)
})

app.post('/wallets/:id/deposits', requireUser, (req, res) => {
  const { cents } = req.body ?? {}
  const wallet = wallets.find((one) => one.id === Number(req.params.id))
  if (wallet === undefined) return res.status(404).json({ error: 'no such wallet' })
  if (!Number.isInteger(cents) || cents < 1) return res.status(400).json({ error: 'cents is required' })
  wallet.cents += cents
  res.status(201).json({ cents })
})

app.post('/transfers', requireUser, (req, res) => {
  const { fromWalletId, toWalletId, cents } = req.body ?? {}
  const from = ownWallet(req, fromWalletId)
  const to = wallets.find((one) => one.id === toWalletId)
  if (from === undefined || to === undefined) return res.status(404).json({ error: 'no such wallet' })
  if (!Number.isInteger(cents) || cents < 1) return res.status(400).json({ error: 'cents is required' })
  if (from.cents < cents) return res.status(409).json({ error: 'not enough in it' })
  from.cents -= cents
  to.cents += cents
  const transfer = { id: transfers.length + 1, fromWalletId, toWalletId, cents }
  transfers.push(transfer)
  res.status(201).json(transfer)
})

app.listen(Number(process.env.PORT ?? 3000))
