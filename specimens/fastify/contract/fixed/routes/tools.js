import { byOffset } from '../pages.js'
import { Problem } from '../problems.js'
import { numberId } from '../schemas.js'
import { nextId, store } from '../store.js'

const querystring = {
  type: 'object',
  properties: {
    limit: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
    offset: { type: 'integer', minimum: 0, maximum: 1_000_000, default: 0 },
    category: { type: 'string', maxLength: 40 },
    sort: { type: 'string', enum: ['name', 'newest'], default: 'newest' },
  },
}
const params = numberId('toolId')

const ORDERS = {
  name: (a, b) => a.name.localeCompare(b.name) || a.id - b.id,
  newest: (a, b) => b.id - a.id,
}

export const findTool = (id) => {
  const tool = store.tools.get(id)
  if (tool === undefined) throw new Problem(404, 'There is no such tool.')
  return tool
}

const findOwn = (request) => {
  const tool = findTool(request.params.toolId)
  if (tool.ownerId !== request.account.id) throw new Problem(403, 'This tool belongs to somebody else.')
  return tool
}

const checkCategory = (category) => {
  if (category !== undefined && !store.categories.has(category))
    throw new Problem(422, 'There is no such category.')
}

export default async (app) => {
  app.get('/tools', { schema: { querystring } }, async (request) => {
    const { category, sort } = request.query
    const found = [...store.tools.values()].filter(
      (tool) => category === undefined || tool.category === category,
    )
    return byOffset(found.sort(ORDERS[sort]), request.query)
  })

  app.post(
    '/tools',
    { preHandler: app.authenticate, schema: { body: { $ref: 'ToolInput#' } } },
    async (request, reply) => {
      const { name, category, description = null, dailyFeeCents, copies = 1, tags = [] } = request.body
      checkCategory(category)
      const tool = {
        ...{ id: nextId('tools'), name, category, description, dailyFeeCents, copies, tags },
        ...{ ownerId: request.account.id, createdAt: new Date().toISOString() },
      }
      store.tools.set(tool.id, tool)
      return reply.code(201).header('location', `/tools/${tool.id}`).send(tool)
    },
  )

  app.get('/tools/:toolId', { schema: { params } }, async (request) => findTool(request.params.toolId))

  app.put(
    '/tools/:toolId',
    { preHandler: app.authenticate, schema: { params, body: { $ref: 'ToolInput#' } } },
    async (request) => {
      const { name, category, description = null, dailyFeeCents, copies = 1, tags = [] } = request.body
      const tool = findOwn(request)
      checkCategory(category)
      return Object.assign(tool, { name, category, description, dailyFeeCents, copies, tags })
    },
  )

  app.patch(
    '/tools/:toolId',
    { preHandler: app.authenticate, schema: { params, body: { $ref: 'ToolChange#' } } },
    async (request) => {
      const tool = findOwn(request)
      const { name, category, description, dailyFeeCents, copies, tags } = { ...tool, ...request.body }
      checkCategory(category)
      return Object.assign(tool, { name, category, description, dailyFeeCents, copies, tags })
    },
  )

  app.delete(
    '/tools/:toolId',
    { preHandler: app.authenticate, schema: { params } },
    async (request, reply) => {
      const { id } = findOwn(request)
      if ([...store.loans.values()].some(({ toolId, returnedAt }) => toolId === id && returnedAt === null))
        throw new Problem(409, 'It is lent at the moment.')
      store.tools.delete(id)
      return reply.code(204).send()
    },
  )
}
