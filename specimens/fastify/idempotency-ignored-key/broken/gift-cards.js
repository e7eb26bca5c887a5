import { randomBytes } from 'node:crypto'
import { requireAccount } from './accounts.js'
import { pool } from './pool.js'

const headers = {
  type: 'object',
  required: ['idempotency-key'],
  properties: { 'idempotency-key': { type: 'string', minLength: 8, maxLength: 200 } },
}

const newCard = {
  type: 'object',
  required: ['valueCents'],
  additionalProperties: false,
  properties: { valueCents: { type: 'integer', minimum: 1, maximum: 100000 } },
}

const answers = new Map()

export const giftCardRoutes = async (app) => {
  app.addHook('preHandler', requireAccount)

  app.get('/', async (request) => {
    const { rows } = await pool.query(
      'SELECT id, code, value_cents, issued_at FROM gift_cards WHERE account_id = $1 ORDER BY id LIMIT 100',
      [request.accountId],
    )
    return rows
  })

  app.post('/', { schema: { headers, body: newCard } }, async (request, reply) => {
    const key = request.headers['idempotency-key']
    if (answers.has(key)) return reply.code(201).send(answers.get(key))
    const { rows } = await pool.query(
      'INSERT INTO gift_cards (account_id, code, value_cents) VALUES ($1, $2, $3) RETURNING id, code, value_cents',
      [request.accountId, randomBytes(9).toString('base64url'), request.body.valueCents],
    )
    answers.set(key, rows[0])
    return reply.code(201).send(rows[0])
  })
}
