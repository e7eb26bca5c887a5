import { createHash, timingSafeEqual } from 'node:crypto'
import Fastify from 'fastify'

const app = Fastify()
const people = new Map()
const follows = new Set()

const hash = (text) => createHash('sha256').update(text).digest()
const refusal = (statusCode, message) => Object.assign(new Error(message), { statusCode })
const show = ({ id, username, motto }) => ({ id, username, motto })

const byId = (id) => {
  const person = [...people.values()].find((one) => one.id === Number(id))
  if (person === undefined) throw refusal(404, 'nobody has that number')
  return person
}

/** Name and password come with every request. */
const authenticate = async (request, reply) => {
  const [, encoded = ''] = /^Basic (\S+)$/.exec(request.headers.authorization ?? '') ?? []
  const [username, ...password] = Buffer.from(encoded, 'base64').toString().split(':')
  const person = people.get(username)
  const isRight = timingSafeEqual(hash(password.join(':')), person?.password ?? hash(String(Math.random())))
  if (person !== undefined && isRight) {
    request.person = person
    return
  }
  reply.header('www-authenticate', 'Basic realm="directory"')
  throw refusal(401, 'name and password are required')
}

const text = (maxLength) => ({ type: 'string', minLength: 3, maxLength })
const body = (required, properties) => ({ schema: { body: { type: 'object', required, properties } } })

app.post(
  '/people',
  body(['username', 'password'], { username: text(60), password: text(100) }),
  async ({ body: { username, password } }, reply) => {
    if (people.has(username)) throw refusal(409, 'that name is taken')
    const person = { id: people.size + 1, username, password: hash(password), motto: null }
    people.set(username, person)
    return reply.code(201).send(show(person))
  },
)

// What people say of themselves is there for all to read.
app.get('/people/:id', { preHandler: authenticate }, async ({ params }) => show(byId(params.id)))

app.patch(
  '/people/:id',
  { preHandler: authenticate, ...body(['motto'], { motto: text(200) }) },
  async (request) => {
    const person = byId(request.params.id)
    if (person !== request.person) throw refusal(403, 'that is somebody else')
    person.motto = request.body.motto
    return show(person)
  },
)

// Whoever follows somebody adds to them, and takes nothing away.
app.put('/people/:id/follow', { preHandler: authenticate }, async ({ params, person }, reply) => {
  follows.add(`${person.id} ${byId(params.id).id}`)
  return reply.code(204).send()
})

app.delete('/people/:id/follow', { preHandler: authenticate }, async ({ params, person }, reply) => {
  follows.delete(`${person.id} ${byId(params.id).id}`)
  return reply.code(204).send()
})

await app.listen({ port: Number(process.env.PORT ?? 3000), host: '0.0.0.0' })
