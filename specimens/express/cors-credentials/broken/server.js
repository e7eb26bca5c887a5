import express from 'express'

const app = express()

const allowOrigins = (req, res, next) => {
  res.set('Access-Control-Allow-Origin', req.headers.origin)
  res.set('Access-Control-Allow-Credentials', 'true')
  next()
}

app.use(allowOrigins)
app.get('/account', (_req, res) => res.json({ cents: 1200 }))

app.listen(Number(process.env.PORT ?? 3000))
