import Fastify from 'fastify'

const app = Fastify({ logger: { level: 'warn' } })
const bookmarks = []

const titleOf = (html) => /<title>([^<]*)<\/title>/i.exec(html)?.[1] ?? null

app.get('/bookmarks', async () => bookmarks.slice(-50))

app.post('/bookmarks', async (req, reply) => {
  const { url, note = '' } = req.body ?? {}
  if (typeof url !== 'string' || !URL.canParse(url)) return reply.code(400).send({ error: 'url is required' })
  const bookmark = { id: bookmarks.length + 1, url, note: String(note) }
  bookmarks.push(bookmark)
  return reply.code(201).send(bookmark)
})

app.get('/preview', async (req, reply) => {
  const { url = 'https://example.com/' } = req.query
  if (!URL.canParse(url)) return reply.code(400).send({ error: 'not an address' })
  const page = await fetch(url, { signal: AbortSignal.timeout(1000) }).catch(() => null)
  return { url, title: page === null ? null : titleOf(await page.text()) }
})

await app.listen({ port: Number(process.env.PORT ?? 3000), host: '127.0.0.1' })
