import { randomUUID } from 'node:crypto'
import { byCursor } from '../pages.js'
import { Problem } from '../problems.js'
import { uuidId } from '../schemas.js'
import { store } from '../store.js'
import { findTool } from './tools.js'

const DAY_MS = 86_400_000
const params = uuidId('loanId')
const querystring = {
  type: 'object',
  properties: {
    limit: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
    cursor: { type: 'string', format: 'uuid' },
    open: { type: 'boolean' },
  },
}

const shown = ({ id, toolId, days, note, lentAt, returnedAt }) => ({
  ...{ id, toolId, days, note, lentAt, returnedAt },
  dueAt: new Date(Date.parse(lentAt) + days * DAY_MS).toISOString(),
})

const findOwn = (request) => {
  const loan = store.loans.get(request.params.loanId)
  if (loan === undefined || loan.borrowerId !== request.account.id)
    throw new Problem(404, 'There is no such loan.')
  return loan
}

export default async (app) => {
  app.addHook('preHandler', app.authenticate)

  app.get('/loans', { schema: { querystring } }, async (request) => {
    const { open } = request.query
    const own = [...store.loans.values()].filter(
      (loan) =>
        loan.borrowerId === request.account.id && (open === undefined || (loan.returnedAt === null) === open),
    )
    const { items, nextCursor } = byCursor(own, request.query, ({ id }) => id)
    return { items: items.map(shown), nextCursor }
  })

  app.post('/loans', { schema: { body: { $ref: 'LoanInput#' } } }, async (request, reply) => {
    const { toolId, days, note = null } = request.body
    const tool = findTool(toolId)
    const lent = [...store.loans.values()].filter(
      (loan) => loan.toolId === toolId && loan.returnedAt === null,
    )
    if (lent.length >= tool.copies) throw new Problem(409, 'All copies of this tool are lent.')
    const loan = {
      ...{ id: randomUUID(), borrowerId: request.account.id, toolId, days, note },
      ...{ lentAt: new Date().toISOString(), returnedAt: null },
    }
    store.loans.set(loan.id, loan)
    return reply.code(201).header('location', `/loans/${loan.id}`).send(shown(loan))
  })

  app.get('/loans/:loanId', { schema: { params } }, async (request) => shown(findOwn(request)))

  app.patch('/loans/:loanId', { schema: { params, body: { $ref: 'LoanChange#' } } }, async (request) => {
    const loan = findOwn(request)
    const { days, note } = { ...loan, ...request.body }
    if (loan.returnedAt !== null) throw new Problem(409, 'It has been returned.')
    return shown(Object.assign(loan, { days, note }))
  })

  app.post('/loans/:loanId/return', { schema: { params } }, async (request) => {
    const loan = findOwn(request)
    if (loan.returnedAt !== null) throw new Problem(409, 'It has been returned before.')
    loan.returnedAt = new Date().toISOString()
    return shown(loan)
  })
}
