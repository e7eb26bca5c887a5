import Fastify from 'fastify'
import { accountRoutes } from './accounts.js'
import { giftCardRoutes } from './gift-cards.js'

const app = Fastify({ logger: { level: 'warn' } })

app.get('/health', async () => ({ status: 'ok' }))
app.register(accountRoutes)
app.register(giftCardRoutes, { prefix: '/gift-cards' })

app.setErrorHandler((error, request, reply) => {
  if (error.statusCode < 500) return reply.code(error.statusCode).send({ error: error.message })
  request.log.error(error)
  return reply.code(503).send({ error: 'try again shortly' })
})

await app.listen({ port: Number(process.env.PORT ?? 3000), host: '0.0.0.0' })
