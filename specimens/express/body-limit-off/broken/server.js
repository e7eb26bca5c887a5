import express from 'express'

const app = express()
app.use(express.json({ limit: '500mb' }))

app.post('/notes', (req, res) => res.status(201).json({ text: String(req.body.text) }))
app.post('/imports', (req, res) => res.status(202).json({ rows: req.body.rows.length }))

app.listen(Number(process.env.PORT ?? 3000))
