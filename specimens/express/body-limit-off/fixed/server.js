import express from 'express'

const app = express()
const large = express.json({ limit: '10mb' })

app.post('/imports', large, (req, res) => res.status(202).json({ rows: req.body.rows.length }))
app.post('/notes', express.json(), (req, res) => res.status(201).json({ text: String(req.body.text) }))

app.listen(Number(process.env.PORT ?? 3000))
