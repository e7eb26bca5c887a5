import express from 'express'

const app = express()
app.use(express.json())

const documents = [
  { id: 1, name: 'contract', isLocked: false },
  { id: 2, name: 'offer', isLocked: false },
]

const find = (request, response, next) => {
  const document = documents.find(({ id }) => String(id) === request.params.id)
  if (document === undefined) return response.status(404).json({ error: 'no such document' })
  response.locals.document = document
  next()
}

app.get('/documents', (_request, response) => response.json(documents))
app.get('/documents/:id', find, (_request, response) => response.json(response.locals.document))
app.put('/documents/:id/lock', find, (_request, response) => {
  const { document } = response.locals
  if (document.isLocked) return response.status(500).json({ error: 'already locked' })
  document.isLocked = true
  response.json(document)
})
app.put('/documents/:id/unlock', find, (_request, response) => {
  const { document } = response.locals
  document.isLocked = false
  response.json(document)
})
app.use((_error, _request, response, _next) => response.status(400).json({ error: 'bad request' }))

app.listen(Number(process.env.PORT ?? 3000))
