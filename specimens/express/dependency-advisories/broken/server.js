import express from 'express'
import qs from 'qs'

const app = express()
app.set('query parser', (text) => qs.parse(text, { depth: 2 }))

app.get('/books', (req, res) => res.json({ filter: req.query.filter ?? {} }))

app.listen(Number(process.env.PORT ?? 3000))
