import express from 'express'

const notes = new Map([[1, { id: 1, title: 'Groceries', tags: ['home'] }]])

const app = express()

app.use(express.json({ limit: '1mb' }))

app.use((req, res, next) => {
  res.on('finish', () => console.log(req.method, req.url, res.statusCode, JSON.stringify(req.body ?? null)))
  next()
})

app.get('/notes', (_req, res) => res.json([...notes.values()]))

app.get('/notes/:id', (req, res) => {
  const note = notes.get(Number(req.params.id))
  if (!note) throw new Error(`note ${req.params.id} not found`)
  res.json(note)
})

app.post('/notes', (req, res) => {
  const { title, tags = [] } = req.body
  const note = { id: notes.size + 1, title: title.trim(), tags }
  notes.set(note.id, note)
  res.status(201).json({ id: note.id })
})

app.use((error, _req, res, _next) => {
  res.status(500).json({ error: error.message, stack: error.stack })
})

app.listen(Number(process.env.PORT ?? 3000))
