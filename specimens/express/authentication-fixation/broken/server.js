import { randomBytes } from 'node:crypto'
import cookieParser from 'cookie-parser'
import express from 'express'
import { countFailure, forget, isBlocked } from './limiter.js'
import { hash, matches } from './passwords.js'

const users = new Map()
const sessions = new Map()
const nobody = hash('nobody has this password')
const COOKIE = { httpOnly: true, secure: process.env.NODE_ENV === 'production', sameSite: 'lax' }
const PRODUCTS = [
  { sku: 'ink', cents: 900 },
  { sku: 'paper', cents: 400 },
]

const app = express()
app.disable('x-powered-by')
app.use(express.json({ limit: '16kb' }))
app.use(cookieParser())

/** Gives a session to the answer, under an id that nobody had before. */
const begin = (res, session) => {
  const id = randomBytes(24).toString('hex')
  sessions.set(id, session)
  res.cookie('shop_session', id, COOKIE)
  return session
}

app.use((req, res, next) => {
  req.session = sessions.get(req.cookies.shop_session) ?? begin(res, { basket: [] })
  next()
})

app.get('/products', (_req, res) => res.json(PRODUCTS))

// A basket needs no account.
app.get('/basket', (req, res) => res.json(req.session.basket))

app.post('/basket', (req, res) => {
  const product = PRODUCTS.find(({ sku }) => sku === req.body?.sku)
  if (!product) return res.status(400).json({ error: 'sku must be one of: ink, paper' })
  req.session.basket.push(product.sku)
  res.status(201).json(req.session.basket)
})

app.post('/signup', (req, res) => {
  const { email, password } = req.body ?? {}
  if (typeof email !== 'string' || !email.includes('@'))
    return res.status(400).json({ error: 'email must be an address' })
  if (typeof password !== 'string' || password.length < 8)
    return res.status(400).json({ error: 'password must be a string of 8 characters or more' })
  if (users.has(email)) return res.status(409).json({ error: 'email is taken' })
  users.set(email, { email, password: hash(password), orders: [] })
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
  req.session.email = user.email
  res.json({ email: user.email })
})

app.post('/logout', (req, res) => {
  sessions.delete(req.cookies.shop_session)
  res.clearCookie('shop_session', COOKIE).status(204).end()
})

app.use((req, res, next) => {
  req.user = users.get(req.session.email)
  if (!req.user) return res.status(401).json({ error: 'log in first' })
  next()
})

app.get('/account', (req, res) => res.json({ email: req.user.email, orders: req.user.orders.length }))

app.post('/orders', (req, res) => {
  const order = { id: req.user.orders.length + 1, items: req.session.basket }
  req.user.orders.push(order)
  req.session.basket = []
  res.status(201).json(order)
})

app.listen(Number(process.env.PORT ?? 3000))
