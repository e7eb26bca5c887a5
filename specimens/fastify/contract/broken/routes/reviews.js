import { byOffset } from '../pages.js'
import { Problem } from '../problems.js'
import { nextId, store } from '../store.js'
import { findTool } from './tools.js'

const id = { type: 'integer', minimum: 1, maximum: 2_147_483_647 }
const ofTool = { type: 'object', properties: { toolId: id } }
const params = { type: 'object', properties: { toolId: id, reviewId: id } }
const querystring = {
  type: 'object',
  properties: {
    limit: { type: 'integer', minimum: 1, maximum: 50, default: 10 },
    offset: { type: 'integer', minimum: 0, maximum: 1_000_000, default: 0 },
    minStars: { type: 'integer', minimum: 1, maximum: 5, default: 1 },
  },
}

const find = ({ toolId, reviewId }) => {
  const review = store.reviews.get(reviewId)
  if (review === undefined || review.toolId !== toolId) throw new Problem(404, 'There is no such review.')
  return review
}

export default async (app) => {
  app.get('/tools/:toolId/reviews', { schema: { params: ofTool, querystring } }, async (request) => {
    const tool = findTool(request.params.toolId)
    const { minStars } = request.query
    const found = [...store.reviews.values()].filter((one) => one.toolId === tool.id && one.stars >= minStars)
    return byOffset(found, request.query)
  })

  app.post(
    '/tools/:toolId/reviews',
    { preHandler: app.authenticate, schema: { params: ofTool, body: { $ref: 'ReviewInput#' } } },
    async (request, reply) => {
      const tool = findTool(request.params.toolId)
      const { stars, comment = null } = request.body
      const review = {
        ...{ id: nextId('reviews'), toolId: tool.id, authorId: request.account.id },
        ...{ stars, comment, createdAt: new Date().toISOString() },
      }
      store.reviews.set(review.id, review)
      return reply.code(201).header('location', `/tools/${tool.id}/reviews/${review.id}`).send(review)
    },
  )

  app.get('/tools/:toolId/reviews/:reviewId', { schema: { params } }, async (request) => find(request.params))

  app.delete(
    '/tools/:toolId/reviews/:reviewId',
    { preHandler: app.authenticate, schema: { params } },
    async (request, reply) => {
      const review = find(request.params)
      if (review.authorId !== request.account.id) throw new Problem(403, 'Somebody else wrote it.')
      return reply.code(204).send()
    },
  )
}
