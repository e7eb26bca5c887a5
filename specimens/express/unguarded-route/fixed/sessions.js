import { randomUUID } from 'node:crypto'

const sessions = new Map()

export const login = (req, res) => {
  const token = randomUUID()
  sessions.set(token, { name: String(req.body.name) })
  res.json({ token })
}

export const requireUser = (req, res, next) => {
  const user = sessions.get((req.headers.authorization ?? '').replace('Bearer ', ''))
  if (!user) return res.status(401).json({ error: 'log in first' })
  req.user = user
  next()
}
