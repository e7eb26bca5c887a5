import Fastify from 'fastify'

const app = Fastify({ logger: true })
const parcels = []

const newParcel = {
  type: 'object',
  required: ['to', 'grams'],
  properties: {
    to: { type: 'string', minLength: 1, maxLength: 200 },
    country: { type: 'string', pattern: '^[A-Z]{2}$', default: 'DE' },
    grams: { type: 'integer', minimum: 1, maximum: 40_000 },
    note: { type: 'string', maxLength: 500 },
  },
}

app.get('/parcels', async (request) => {
  const { state } = request.query
  return parcels.filter((parcel) => state === undefined || parcel.state === state)
})

app.post('/parcels', { schema: { body: newParcel } }, async (request, reply) => {
  const { to, country, grams, note = null } = request.body
  const parcel = { id: parcels.length + 1, to, country, grams, note, state: 'waiting' }
  parcels.push(parcel)
  return reply.code(201).send(parcel)
})

app.get('/parcels/:id', async (request, reply) => {
  const parcel = parcels.find(({ id }) => String(id) === request.params.id)
  return parcel ?? reply.code(404).send({ error: 'there is no such parcel' })
})

await app.listen({ port: Number(process.env.PORT ?? 3000) })
