import { byPage } from '../pages.js'
import { Problem } from '../problems.js'
import { slugId } from '../schemas.js'
import { store } from '../store.js'

const querystring = {
  type: 'object',
  properties: {
    page: { type: 'integer', minimum: 1, maximum: 10_000, default: 1 },
    perPage: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
  },
}
const params = slugId('slug')

const find = (slug) => {
  const category = store.categories.get(slug)
  if (category === undefined) throw new Problem(404, 'There is no such category.')
  return category
}

export default async (app) => {
  app.get('/categories', { schema: { querystring } }, async (request) =>
    byPage([...store.categories.values()], request.query),
  )

  app.post(
    '/categories',
    { preHandler: app.authenticate, schema: { body: { $ref: 'CategoryInput#' } } },
    async (request, reply) => {
      const { slug, name, description = null } = request.body
      if (store.categories.has(slug)) throw new Problem(409, 'There is a category with this slug.')
      const category = { slug, name, description }
      store.categories.set(slug, category)
      return reply.code(201).header('location', `/categories/${slug}`).send(category)
    },
  )

  app.get('/categories/:slug', { schema: { params } }, async (request) => find(request.params.slug))

  app.put(
    '/categories/:slug',
    { preHandler: app.authenticate, schema: { params, body: { $ref: 'CategoryChange#' } } },
    async (request) => {
      const { name, description = null } = request.body
      return Object.assign(find(request.params.slug), { name, description })
    },
  )

  app.delete(
    '/categories/:slug',
    { preHandler: app.authenticate, schema: { params } },
    async (request, reply) => {
      const { slug } = find(request.params.slug)
      if ([...store.tools.values()].some(({ category }) => category === slug))
        throw new Problem(409, 'There are tools in this category.')
      store.categories.delete(slug)
      return reply.code(204).send()
    },
  )
}
