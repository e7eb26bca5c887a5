import express from 'express'

const notes = new Map([[1, { id: 1, title: 'Groceries', tags: ['home'] }]])
const MAX_DEPTH = 5

const refuse = (res, status, detail) =>
  res.status(status).type('application/problem+json').json({ status, detail })

const isTooDeep = (value, depth = 0) =>
  value !== null &&
  typeof value === 'object' &&
  (depth === MAX_DEPTH || Object.values(value).some((inner) => isTooDeep(inner, depth + 1)))

const app = express()
app.disable('x-powered-by')

app.use((req, res, next) => {
  res.on('finish', () => console.log(req.method, req.url, res.statusCode))
  next()
})

app.use((req, res, next) => {
  const hasBody = Number(req.headers['content-length'] ?? 0) > 0 || 'transfer-encoding' in req.headers
  if (hasBody && !req.is('application/json')) return refuse(res, 415, 'send application/json')
  next()
})
app.use(express.json({ limit: '64kb' }))
app.use((req, res, next) => (isTooDeep(req.body) ? refuse(res, 400, 'nested too deeply') : next()))

app
  .route('/notes')
  .get((_req, res) => res.json([...notes.values()]))
  .post((req, res) => {
    const { title, tags = [] } = req.body ?? {}
    if (typeof title !== 'string' || title.length > 200) return refuse(res, 400, 'a title is required')
    if (!Array.isArray(tags) || tags.some((tag) => typeof tag !== 'string')) {
      return refuse(res, 400, 'tags are a list of words')
    }
    const note = { id: notes.size + 1, title: title.trim(), tags }
    notes.set(note.id, note)
    res.status(201).json({ id: note.id })
  })
  .all((_req, res) => refuse(res.set('allow', 'GET, POST'), 405, 'GET or POST'))

app
  .route('/notes/:id')
  .get((req, res) => {
    const note = notes.get(Number(req.params.id))
    return note ? res.json(note) : refuse(res, 404, 'no such note')
  })
  .all((_req, res) => refuse(res.set('allow', 'GET'), 405, 'GET'))

app.use((_req, res) => refuse(res, 404, 'no such route'))

app.use((error, _req, res, _next) => {
  const status = error.status ?? 500
  if (status >= 500) console.error(error)
  refuse(res, status, status < 500 ? 'the request could not be read' : 'internal error')
})

app.listen(Number(process.env.PORT ?? 3000))
