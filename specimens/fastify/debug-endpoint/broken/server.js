import Fastify from 'fastify'
import { debugRoutes } from './debug.js'

const app = Fastify({ logger: true })

app.get('/orders', async () => [])
app.register(debugRoutes)

await app.listen({ port: Number(process.env.PORT ?? 3000) })
