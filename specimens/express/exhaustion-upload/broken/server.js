import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { extname } from 'node:path'
import express from 'express'
import multer from 'multer'

const FOLDER = 'uploads'
mkdirSync(FOLDER, { recursive: true })

const storage = multer.diskStorage({
  destination: FOLDER,
  filename: (_req, file, done) => done(null, `${randomUUID()}${extname(file.originalname)}`),
})
const upload = multer({ storage, limits: { fileSize: 1_000_000 } })

const app = express()

app.get('/health', (_req, res) => res.json({ status: 'ok' }))

app.post('/avatars', upload.single('avatar'), (req, res) => {
  if (!req.file) return res.status(400).json({ error: 'avatar is required' })
  res.status(201).json({ url: `/uploads/${req.file.filename}` })
})

app.use('/uploads', express.static(FOLDER))

app.use((error, _req, res, _next) => {
  const status = error instanceof multer.MulterError ? 400 : (error.status ?? 500)
  if (status >= 500) console.error(error)
  res.status(status).json({ error: status < 500 ? 'bad request' : 'internal error' })
})

app.listen(Number(process.env.PORT ?? 3000))
