import { createHash } from 'node:crypto'
import Fastify from 'fastify'
import { hashPassword } from './passwords.js'

const app = Fastify({ logger: true })
const members = new Map()

app.post('/members', async (request, reply) => {
  const { name, password } = request.body
  members.set(name, await hashPassword(password))
  return reply.code(201).send({ name })
})

app.get('/members', async (_request, reply) => {
  const body = JSON.stringify([...members.keys()])
  return reply.header('etag', createHash('md5').update(body).digest('hex')).send(body)
})

await app.listen({ port: Number(process.env.PORT ?? 3000) })
