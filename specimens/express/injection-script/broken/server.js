import express from 'express'

const entries = []
const app = express()
app.use(express.json(), express.urlencoded({ extended: false }))

const encode = (text) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

app.get('/', (_req, res) => {
  const items = entries.slice(-50).map(({ name, text }) => `<li><b>${encode(name)}</b> ${text}</li>`)
  res.type('html').send(`<!doctype html><title>Guestbook</title><ul>${items.join('')}</ul>`)
})

app.post('/entries', (req, res) => {
  const { name, text } = req.body ?? {}
  if (typeof name !== 'string' || typeof text !== 'string')
    return res.status(400).json({ error: 'name and text' })
  entries.push({ name, text })
  res.status(201).json({ name, text })
})

app.get('/search', (req, res) => {
  const term = String(req.query.term ?? '')
  const found = entries.filter(({ text }) => text.includes(term)).length
  res
    .type('html')
    .send(`<!doctype html><title>Search</title><input value="${encode(term)}"><p>${found} found</p>`)
})

app.listen(Number(process.env.PORT ?? 3000), '127.0.0.1')
