import { expect, test } from 'vitest'
import { findingOf, proposeForFolder } from '../../../../../test/support/propose-fix.ts'
import fixer from './index.ts'

const cards = findingOf({
  ...{ probe: 'idempotency', subject: 'POST /gift-cards: the same key at once' },
  detail: 'gift_cards: 2 rows, 1 expected · 201 and 201 · header idempotency-key (gift-cards.js:32)',
})
const payments = findingOf({
  ...{ probe: 'idempotency', subject: 'POST /payments: the same key at once' },
  detail: 'payments: 2 rows, 1 expected · 201 and 201 · header Idempotency-Key (server.js:47)',
})

test('hooks of the route, a module that keeps answers, and its table', async () => {
  expect(
    await proposeForFolder(fixer, 'specimens/fastify/idempotency-ignored-key/broken', cards),
  ).toMatchInlineSnapshot(`
    "--- a/gift-cards.js
    +++ b/gift-cards.js
    @@ -1,6 +1,7 @@
     import { randomBytes } from 'node:crypto'
     import { requireAccount } from './accounts.js'
     import { pool } from './pool.js'
    +import { onceByKey } from './once-by-key.js'
     
     const headers = {
       type: 'object',
    @@ -28,7 +29,7 @@
         return rows
       })
     
    -  app.post('/', { schema: { headers, body: newCard } }, async (request, reply) => {
    +  app.post('/', { schema: { headers, body: newCard }, ...onceByKey(pool) }, async (request, reply) => {
         const key = request.headers['idempotency-key']
         if (answers.has(key)) return reply.code(201).send(answers.get(key))
         const { rows } = await pool.query(
    --- /dev/null
    +++ b/once-by-key.js
    @@ -0,0 +1,60 @@
    +import { createHash, randomUUID } from 'node:crypto'
    +
    +const hashOf = (text) => createHash('sha256').update(text).digest('hex')
    +
    +/** A key is of whoever asks: another caller may use the same one. */
    +const ownOf = (headers, key, request) => ({
    +  ...{ key, request: hashOf(request), claim: randomUUID() },
    +  caller: hashOf(headers.authorization ?? headers.cookie ?? ''),
    +})
    +
    +/** null for whoever comes first; for everybody else what to answer. */
    +const claimKey = async (pool, { caller, key, request, claim }) => {
    +  try {
    +    const { rowCount } = await pool.query(
    +      'INSERT INTO kept_answers (caller, key, request, claim) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING',
    +      [caller, key, request, claim],
    +    )
    +    if (rowCount === 1) return null
    +  } catch (error) {
    +    // Nothing was done yet, so that whoever tries again begins anew.
    +    await pool.query('DELETE FROM kept_answers WHERE claim = $1', [claim]).catch(() => undefined)
    +    throw error
    +  }
    +  const { rows } = await pool.query(
    +    'SELECT request, status, body FROM kept_answers WHERE caller = $1 AND key = $2',
    +    [caller, key],
    +  )
    +  const [kept] = rows
    +  if (kept !== undefined && kept.request !== request)
    +    return { status: 422, body: JSON.stringify({ error: 'this key was used for another request' }) }
    +  return typeof kept?.status === 'number'
    +    ? kept
    +    : { status: 409, body: JSON.stringify({ error: 'the first request with this key has no answer yet' }) }
    +}
    +
    +/** What was refused had no effect, and its key is free; what failed may have had one, and its key is not. */
    +const keepAnswer = async (pool, { claim }, status, body) => {
    +  if (status >= 500) return
    +  if (status >= 400) await pool.query('DELETE FROM kept_answers WHERE claim = $1', [claim])
    +  else await pool.query('UPDATE kept_answers SET status = $2, body = $3 WHERE claim = $1', [claim, status, body])
    +}
    +
    +const claims = new WeakMap()
    +
    +export const onceByKey = (pool) => ({
    +  preHandler: async (request, reply) => {
    +    const key = request.headers['idempotency-key']
    +    if (key === undefined) return
    +    const own = ownOf(request.headers, key, \`\${request.method} \${request.url} \${JSON.stringify(request.body)}\`)
    +    const kept = await claimKey(pool, own)
    +    if (kept !== null) return reply.code(kept.status).type('application/json').send(kept.body)
    +    claims.set(request, own)
    +  },
    +  onSend: async (request, reply, payload) => {
    +    const own = claims.get(request)
    +    if (own === undefined || typeof payload !== 'string') return payload
    +    await keepAnswer(pool, own, reply.statusCode, payload).catch((error) => request.log.error(error))
    +    return payload
    +  },
    +})
    --- /dev/null
    +++ b/migrations/002_kept_answers.sql
    @@ -0,0 +1,10 @@
    +CREATE TABLE kept_answers (
    +  caller text NOT NULL,
    +  key text NOT NULL,
    +  request text NOT NULL,
    +  claim text NOT NULL,
    +  status int,
    +  body text,
    +  claimed_at timestamptz NOT NULL DEFAULT now(),
    +  PRIMARY KEY (caller, key)
    +);
    "
  `)
})

test('a middleware of Express', async () => {
  const diff = await proposeForFolder(fixer, 'specimens/express/idempotency-race/broken', payments)
  expect(diff.split('\n--- /dev/null')[0]).toMatchInlineSnapshot(`
    "--- a/server.js
    +++ b/server.js
    @@ -1,5 +1,6 @@
     import express from 'express'
     import pg from 'pg'
    +import { onceByKey } from './once-by-key.js'
     
     const pool = new pg.Pool({
       connectionString: process.env.DATABASE_URL,
    @@ -44,7 +45,7 @@
       res.json(rows)
     })
     
    -app.post('/payments', async (req, res) => {
    +app.post('/payments', onceByKey(pool), async (req, res) => {
       const key = req.get('Idempotency-Key')
       const { walletId, amountCents } = req.body ?? {}
       if (!Number.isInteger(walletId) || !Number.isInteger(amountCents) || amountCents < 1) {"
  `)
  expect(
    diff.slice(diff.indexOf('export const onceByKey'), diff.indexOf('--- /dev/null\n+++ b/migrations')),
  ).toMatchInlineSnapshot(`
    "export const onceByKey = (pool) => async (req, res, next) => {
    +  const key = req.get('Idempotency-Key')
    +  if (key === undefined) return next()
    +  try {
    +    const own = ownOf(req.headers, key, \`\${req.method} \${req.originalUrl} \${JSON.stringify(req.body)}\`)
    +    const kept = await claimKey(pool, own)
    +    if (kept !== null) return res.status(kept.status).type('json').send(kept.body)
    +    const send = res.send.bind(res)
    +    res.send = (body) => {
    +      if (typeof body !== 'string') return send(body)
    +      res.send = send
    +      keepAnswer(pool, own, res.statusCode, body)
    +        .catch((error) => console.error('an answer was not kept:', error.message))
    +        .finally(() => send(body))
    +      return res
    +    }
    +    next()
    +  } catch (error) {
    +    next(error)
    +  }
    +}
    "
  `)
})

test('the header and the place from what was sent and seen', async () => {
  const folder = 'specimens/express/idempotency-race/broken'
  const told = await proposeForFolder(fixer, folder, {
    ...{ ...payments, subject: 'POST /payments: the same key, another body', detail: '201 and 201' },
    evidence: [
      {
        ...{ kind: 'exchange', title: 'The same key, another body' },
        exchange: {
          ...{
            method: 'POST',
            path: '/payments',
            headers: {},
            body: '',
            status: 201,
            atMs: 0,
            durationMs: 1,
          },
          requestHeaders: { 'Idempotency-Key': 'k1' },
        },
      },
      {
        ...{ kind: 'source', title: 'Where the effect is made', excerpt: '' },
        place: { file: 'server.js', line: 27 },
      },
    ],
  })
  expect(told).toBe(await proposeForFolder(fixer, folder, payments))
})

test('nothing without a key in a header, for other subjects, and where it is there already', async () => {
  const folder = 'specimens/express/idempotency-race/broken'
  const detail = 'payments: 2 rows · field requestId (server.js:47)'
  expect(await proposeForFolder(fixer, folder, { ...payments, detail })).toBe('')
  const again = { ...payments, subject: 'POST /payments: the same key again' }
  expect(await proposeForFolder(fixer, folder, again)).toBe('')
  const elsewhere = {
    ...payments,
    subject: 'POST /refunds: the same key at once',
    detail: 'header k (server.js:12)',
  }
  expect(await proposeForFolder(fixer, folder, elsewhere)).toBe('')
})
