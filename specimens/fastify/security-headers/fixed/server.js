import Fastify from 'fastify'

const recipes = [
  { id: 1, name: 'Flatbread', minutes: 25 },
  { id: 2, name: 'Lentil soup', minutes: 40 },
]

const HEADERS = {
  'content-security-policy': "default-src 'self'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
}

const app = Fastify({ logger: { level: 'warn' } })

app.addHook('onSend', async (_req, reply) => {
  reply.headers(HEADERS)
})

app.get('/', async (_req, reply) => {
  const items = recipes.map((recipe) => `<li>${recipe.name}, ${recipe.minutes} min</li>`).join('')
  return reply.type('text/html').send(`<!doctype html><title>Recipes</title><ul>${items}</ul>`)
})

app.get('/recipes', async () => recipes)

app.get('/recipes/:id', async (req, reply) => {
  const recipe = recipes.find(({ id }) => id === Number(req.params.id))
  return recipe ?? reply.code(404).send({ error: 'no such recipe' })
})

await app.listen({ port: Number(process.env.PORT ?? 3000), host: '0.0.0.0' })
