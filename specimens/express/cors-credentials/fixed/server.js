import express from 'express'

const app = express()
const ORIGINS = new Set(['https://books.ledger-books.io'])

const allowOrigins = (req, res, next) => {
  const { origin } = req.headers
  if (ORIGINS.has(origin)) {
    res.set('Access-Control-Allow-Origin', origin)
    res.set('Access-Control-Allow-Credentials', 'true')
  }
  res.vary('Origin')
  next()
}

app.use(allowOrigins)
app.get('/account', (_req, res) => res.json({ cents: 1200 }))

app.listen(Number(process.env.PORT ?? 3000))
