import cookie from '@fastify/cookie'
import Fastify from 'fastify'
import { config } from './config.js'
import { accountRoutes } from './routes/accounts.js'
import { bookingRoutes } from './routes/bookings.js'
import { eventRoutes } from './routes/events.js'
import { venueRoutes } from './routes/venues.js'

export function buildApp() {
  const app = Fastify({ logger: { level: config.logLevel } })

  app.register(cookie)

  app.get('/health', async () => ({ status: 'ok', uptimeSeconds: Math.round(process.uptime()) }))

  app.register(accountRoutes)
  app.register(venueRoutes, { prefix: '/venues' })
  app.register(eventRoutes, { prefix: '/events' })
  app.register(bookingRoutes, { prefix: '/bookings' })

  app.setNotFoundHandler((request, reply) => {
    reply.code(404).send({ error: `no such route: ${request.method} ${request.url}` })
  })

  app.setErrorHandler((error, request, reply) => {
    if (error.validation) return reply.code(400).send({ error: error.message })
    request.log.error(error)
    return reply.code(error.statusCode ?? 500).send({ error: error.message, stack: error.stack })
  })

  return app
}
