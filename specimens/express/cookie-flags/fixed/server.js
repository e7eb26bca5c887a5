import { randomUUID } from 'node:crypto'
import cookieParser from 'cookie-parser'
import express from 'express'

const carts = new Map()
const SESSION = { httpOnly: true, secure: true, sameSite: 'lax' }

const app = express()
app.disable('x-powered-by')
app.use(express.json())
app.use(cookieParser())

app.get('/', (_req, res) => {
  res.cookie('theme', 'light', { secure: true, sameSite: 'lax' })
  res.json({ shop: 'Paper & Ink' })
})

app.get('/cart', (req, res) => {
  let id = req.cookies.session
  if (!carts.has(id)) {
    id = randomUUID()
    carts.set(id, [])
    res.cookie('session', id, SESSION)
  }
  res.json(carts.get(id))
})

app.post('/cart/items', (req, res) => {
  const cart = carts.get(req.cookies.session)
  if (!cart) return res.status(401).json({ error: 'open a cart first' })
  if (typeof req.body?.sku !== 'string') return res.status(400).json({ error: 'a sku is required' })
  cart.push(req.body.sku)
  res.status(201).json(cart)
})

app.listen(Number(process.env.PORT ?? 3000))
