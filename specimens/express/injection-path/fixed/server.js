import { readdir, readFile } from 'node:fs/promises'
import { dirname, join, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import express from 'express'

const folder = join(dirname(fileURLToPath(import.meta.url)), 'manuals')
const app = express()

app.get('/manuals', async (_req, res) => {
  res.json(await readdir(folder))
})

app.get('/manual', async (req, res) => {
  const { file = 'winch.txt' } = req.query
  const path = resolve(folder, String(file))
  if (!path.startsWith(folder + sep)) return res.status(404).json({ error: 'no such manual' })
  res.type('text/plain').send(await readFile(path, 'utf8'))
})

app.get('/manuals/:name/exists', async (req, res) => {
  res.json({ name: req.params.name, exists: (await readdir(folder)).includes(req.params.name) })
})

app.use((error, _req, res, _next) => {
  res.status(error.code === 'ENOENT' ? 404 : 500).json({ error: 'no such manual' })
})

app.listen(Number(process.env.PORT ?? 3000), '127.0.0.1')
