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

const CARD = 'id, code, value_cents'

/** The card of an earlier request with the same key; null when the key was used for another value. */
const findIssued = async (client, accountId, key, valueCents) => {
  const { rows } = await client.query(
    `SELECT ${CARD} FROM gift_cards WHERE id =
       (SELECT gift_card_id FROM idempotency_keys WHERE account_id = $1 AND key = $2 AND value_cents = $3)`,
    [accountId, key, valueCents],
  )
  return rows[0] ?? null
}

const issue = async (client, accountId, key, valueCents) => {
  const claim = await client.query(
    'INSERT INTO idempotency_keys (account_id, key, value_cents) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
    [accountId, key, valueCents],
  )
  if (claim.rowCount === 0) return findIssued(client, accountId, key, valueCents)
  const { rows } = await client.query(
    `INSERT INTO gift_cards (account_id, code, value_cents) VALUES ($1, $2, $3) RETURNING ${CARD}`,
    [accountId, randomBytes(9).toString('base64url'), valueCents],
  )
  await client.query('UPDATE idempotency_keys SET gift_card_id = $3 WHERE account_id = $1 AND key = $2', [
    accountId,
    key,
    rows[0].id,
  ])
  return rows[0]
}

const transaction = async (work) => {
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    const result = await work(client)
    await client.query('COMMIT')
    client.release()
    return result
  } catch (error) {
    client.release(error)
    throw error
  }
}

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
    const { valueCents } = request.body
    const card = await transaction((client) => issue(client, request.accountId, key, valueCents))
    if (card === null) return reply.code(422).send({ error: 'this key was used for another request' })
    return reply.code(201).send(card)
  })
}
