import express from 'express'

const subscribers = []
const app = express()
app.use(express.json())

const EMAIL = /^[a-zA-Z0-9_.-]+@[a-zA-Z0-9-]+(?:\.[a-zA-Z0-9-]+)+$/
const LONGEST_TAG = 20
// Slow on long texts, which never come to it.
const TAG = /^([a-z0-9]+-?)*$/

app.get('/health', (_req, res) => res.json({ status: 'ok' }))

app.get('/subscribers', (_req, res) => res.json(subscribers.slice(-50)))

app.post('/subscribers', (req, res) => {
  const { email, tag } = req.body ?? {}
  if (typeof email !== 'string' || !EMAIL.test(email))
    return res.status(400).json({ error: 'email must be a valid email' })
  if (tag !== undefined && (String(tag).length > LONGEST_TAG || !TAG.test(tag)))
    return res.status(400).json({ error: 'tag is not one' })
  subscribers.push({ id: subscribers.length + 1, email })
  res.status(201).json({ id: subscribers.length, email })
})

app.use((error, _req, res, _next) => {
  const status = error.status ?? 500
  if (status >= 500) console.error(error)
  res.status(status).json({ error: status < 500 ? 'bad request' : 'internal error' })
})

app.listen(Number(process.env.PORT ?? 3000))
