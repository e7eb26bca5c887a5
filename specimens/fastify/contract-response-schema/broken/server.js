import Fastify from 'fastify'

const app = Fastify({ logger: { level: 'warn' } })

const stations = new Map()
const add = ({ name, kilowatts }, lastUsedAt) => {
  const station = { id: stations.size + 1, name, kilowatts, ...(lastUsedAt && { lastUsedAt }) }
  stations.set(station.id, station)
  return station
}

add({ name: 'Town hall', kilowatts: 22 }, '2025-03-01T09:30:00.000Z')
add({ name: 'Harbour', kilowatts: 150 })

const body = {
  type: 'object',
  required: ['name', 'kilowatts'],
  properties: {
    name: { type: 'string', minLength: 1, maxLength: 60 },
    kilowatts: { type: 'number', exclusiveMinimum: 0, maximum: 400 },
  },
}

app.get('/stations', async () => [...stations.values()])

app.post('/stations', { schema: { body } }, async (req, reply) => reply.code(201).send(add(req.body)))

app.get('/stations/:id', async (req, reply) => {
  const station = stations.get(Number(req.params.id))
  return station ?? reply.code(404).send({ error: 'no such station' })
})

await app.listen({ port: Number(process.env.PORT ?? 3000), host: '0.0.0.0' })
