import { exec } from 'node:child_process'
import { promisify } from 'node:util'
import Fastify from 'fastify'

const run = promisify(exec)
const app = Fastify({ logger: true })

app.get('/reach/:host', async (request) => {
  const { host } = request.params
  const { stdout } = await run(`ping -c 1 -W 1 ${host}`)
  return { host, said: stdout }
})

await app.listen({ port: Number(process.env.PORT ?? 3000) })
