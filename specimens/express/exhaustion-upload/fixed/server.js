import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import express from 'express'
import multer from 'multer'

const PICTURES = 'pictures'
const DOCUMENTS = 'documents'
for (const folder of [PICTURES, DOCUMENTS]) mkdirSync(folder, { recursive: true })

const upload = multer({ storage: multer.memoryStorage(), limits: { fileSize: 1_000_000 } })

/** A picture begins like one, whatever its sender calls it. */
const endingOf = (content) => {
  if (content.subarray(0, 8).equals(Buffer.from('89504e470d0a1a0a', 'hex'))) return 'png'
  if (content.subarray(0, 3).equals(Buffer.from('ffd8ff', 'hex'))) return 'jpg'
  return null
}

const app = express()

app.get('/health', (_req, res) => res.json({ status: 'ok' }))

app.post('/avatars', upload.single('avatar'), async (req, res) => {
  const ending = req.file ? endingOf(req.file.buffer) : null
  if (ending === null) return res.status(400).json({ error: 'avatar must be a PNG or JPEG picture' })
  const name = `${randomUUID()}.${ending}`
  await writeFile(join(PICTURES, name), req.file.buffer)
  res.status(201).json({ url: `/uploads/${name}` })
})

app.post('/documents', upload.single('document'), async (req, res) => {
  if (!req.file) return res.status(400).json({ error: 'document is required' })
  const name = `${randomUUID()}.html`
  await writeFile(join(DOCUMENTS, name), req.file.buffer)
  res.status(201).json({ url: `/documents/${name}` })
})

app.use('/uploads', express.static(PICTURES))

/** Any file, to be kept and never shown. */
app.get('/documents/:name', (req, res) => {
  res.set('x-content-type-options', 'nosniff')
  res.attachment(req.params.name).sendFile(req.params.name, { root: DOCUMENTS })
})

app.use((error, _req, res, _next) => {
  const status = error instanceof multer.MulterError ? 400 : (error.status ?? 500)
  if (status >= 500) console.error(error)
  res.status(status).json({ error: status < 500 ? 'bad request' : 'internal error' })
})

app.listen(Number(process.env.PORT ?? 3000))
