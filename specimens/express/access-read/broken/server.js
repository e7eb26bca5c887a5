import { randomBytes } from 'node:crypto'
import express from 'express'

const users = []
const sessions = new Map()
const notes = []

const app = express()
app.use(express.json())

const requireUser = (req, res, next) => {
  const user = sessions.get(req.get('authorization')?.replace(/^Bearer /, ''))
  if (user === undefined) return res.status(401).json({ error: 'log in first' })
  req.user = user
  next()
}

const isText = (value) => typeof value === 'string' && value.trim() !== ''

app.post('/register', (req, res) => {
  const { username, password } = req.body ?? {}
  if (!isText(username) || !isText(password)) {
    return res.status(400).json({ error: 'username and password are required' })
  }
  if (users.some((user) => user.username === username)) return res.status(409).json({ error: 'taken' })
  const user = { id: users.length + 1, username, password, bio: 'New here' }
  users.push(user)
  res.status(201).json({ id: user.id, username })
})

app.post('/login', (req, res) => {
  const { username, password } = req.body ?? {}
  const user = users.find((one) => one.username === username && one.password === password)
  if (user === undefined) return res.status(401).json({ error: 'wrong username or password' })
  const token = randomBytes(24).toString('hex')
  sessions.set(token, user)
  res.json({ token })
})

// Profiles are for everybody to see.
app.get('/profiles/:username', (req, res) => {
  const user = users.find((one) => one.username === req.params.username)
  if (user === undefined) return res.status(404).json({ error: 'no such profile' })
  res.json({ username: user.username, bio: user.bio })
})

app.get('/notes', requireUser, (req, res) => {
  res.json(notes.filter((note) => note.ownerId === req.user.id && !note.deleted))
})

app.post('/notes', requireUser, (req, res) => {
  const { title, text } = req.body ?? {}
  if (!isText(title) || !isText(text)) return res.status(400).json({ error: 'title and text are required' })
  const note = { id: notes.length + 1, ownerId: req.user.id, title, text, deleted: false }
  notes.push(note)
  res.status(201).json(note)
})

app.get('/notes/:id', requireUser, (req, res) => {
  const note = notes.find((one) => one.id === Number(req.params.id) && !one.deleted)
  if (note === undefined) return res.status(404).json({ error: 'no such note' })
  res.json(note)
})

app.delete('/notes/:id', requireUser, (req, res) => {
  const note = notes.find((one) => one.id === Number(req.params.id) && one.ownerId === req.user.id)
  if (note === undefined || note.deleted) return res.status(404).json({ error: 'no such note' })
  note.deleted = true
  res.status(204).end()
})

app.listen(Number(process.env.PORT ?? 3000))
