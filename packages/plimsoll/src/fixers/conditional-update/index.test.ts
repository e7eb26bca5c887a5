import { expect, test } from 'vitest'
import { findingOf, proposeForFiles, proposeForFolder } from '../../../../../test/support/propose-fix.ts'
import fixer from './index.ts'

const raced = (read: string, write: string) =>
  findingOf({
    ...{ probe: 'race', subject: 'POST /accounts/:id/deposit × itself' },
    evidence: [{ kind: 'text', title: 'Read, then written', text: `${read}\n${write}` }],
  })

const deposits = raced(
  'SELECT balance FROM accounts WHERE id = $1',
  'UPDATE accounts SET balance = $1 WHERE id = $2',
)
const coupons = raced(
  'SELECT value, used FROM coupons WHERE code = $1',
  'UPDATE coupons SET used = true WHERE code = $1',
)
const meters = raced(
  'select "id", "credit" from "meters" where "id" = $1 limit $2',
  'update "meters" set "credit" = $1 where "id" = $2',
)
const products = raced(
  'select "id", "name", "stock" from "products" where "products"."id" = $1',
  'update "products" set "stock" = "products"."stock" - $1 where "products"."id" = $2',
)
const wallets = raced(
  'SELECT coalesce(sum(amount), 0)::int AS balance FROM ledger WHERE wallet_id = $1',
  'INSERT INTO ledger (wallet_id, amount) VALUES ($1, $2)',
)
const seats = raced(
  'SELECT seat_id FROM booking_seats JOIN bookings ON bookings.id = booking_id WHERE event_id = $1 AND seat_id = ANY($2) AND cancelled_at IS NULL',
  'INSERT INTO bookings (event_id, account_id, total_cents) VALUES ($1, $2, $3) RETURNING id, event_id, total_cents, created_at',
)
const accounts = raced(
  'SELECT balance, open FROM accounts WHERE id = $1',
  'UPDATE accounts SET balance = balance + $1 WHERE id = $2',
)

test('a sum is computed by the statement', async () => {
  expect(
    await proposeForFolder(fixer, 'specimens/express/race-lost-update/broken', deposits),
  ).toMatchInlineSnapshot(`
    "--- a/server.js
    +++ b/server.js
    @@ -28,8 +28,9 @@
       }
       const { rows } = await pool.query('SELECT balance FROM accounts WHERE id = $1', [req.params.id])
       if (!rows[0]) return res.status(404).json({ error: 'no such account' })
    -  const balance = rows[0].balance + amount
    -  await pool.query('UPDATE accounts SET balance = $1 WHERE id = $2', [balance, req.params.id])
    +  const changed = await pool.query('UPDATE accounts SET balance = balance + $1 WHERE id = $2 RETURNING balance', [amount, req.params.id])
    +  if (changed.rowCount === 0) return res.status(404).json({ error: 'no such account' })
    +  const { balance } = changed.rows[0]
       res.json({ balance })
     })
     
    "
  `)
})

test('what was checked becomes its condition', async () => {
  const app = `router.post('/accounts/:id/withdraw', async (ctx) => {
  const { amount } = ctx.request.body
  const { rows: [account] } = await pool.query('SELECT balance FROM accounts WHERE id = $1', [ctx.params.id])
  if (!account) return ctx.throw(404)
  if (account.balance < amount) return ctx.throw(409, 'the balance is too low')
  await pool.query('UPDATE accounts SET balance = $1 WHERE id = $2', [account.balance - amount, ctx.params.id])
  ctx.status = 204
})
`
  expect(await proposeForFiles(fixer, { 'app.js': app }, deposits)).toMatchInlineSnapshot(`
    "--- a/app.js
    +++ b/app.js
    @@ -3,6 +3,7 @@
       const { rows: [account] } = await pool.query('SELECT balance FROM accounts WHERE id = $1', [ctx.params.id])
       if (!account) return ctx.throw(404)
       if (account.balance < amount) return ctx.throw(409, 'the balance is too low')
    -  await pool.query('UPDATE accounts SET balance = $1 WHERE id = $2', [account.balance - amount, ctx.params.id])
    +  const changed = await pool.query('UPDATE accounts SET balance = balance - $1 WHERE id = $2 AND balance >= $3', [amount, ctx.params.id, amount])
    +  if (changed.rowCount === 0) return ctx.throw(409, 'the balance is too low')
       ctx.status = 204
     })
    "
  `)
})

test('in a transaction the read is locked', async () => {
  expect(
    await proposeForFolder(fixer, 'specimens/express/race-double-redeem/broken', coupons),
  ).toMatchInlineSnapshot(`
    "--- a/server.js
    +++ b/server.js
    @@ -46,7 +46,7 @@
       const { accountId } = req.body ?? {}
       if (!Number.isInteger(accountId)) return res.status(400).json({ error: 'accountId must be an integer' })
       const credited = await inTransaction(async (client) => {
    -    const { rows } = await client.query('SELECT value, used FROM coupons WHERE code = $1', [req.params.code])
    +    const { rows } = await client.query('SELECT value, used FROM coupons WHERE code = $1 FOR UPDATE', [req.params.code])
         if (!rows[0] || rows[0].used) return null
         await client.query('UPDATE coupons SET used = true WHERE code = $1', [req.params.code])
         await client.query('INSERT INTO credits (account_id, coupon, value) VALUES ($1, $2, $3)', [
    "
  `)
  expect(
    await proposeForFolder(fixer, 'specimens/express/race-cross-transfer/broken', accounts),
  ).toMatchInlineSnapshot(`
    "--- a/server.js
    +++ b/server.js
    @@ -42,7 +42,7 @@
     })
     
     const readAccount = async (client, id) => {
    -  const { rows } = await client.query('SELECT balance, open FROM accounts WHERE id = $1', [id])
    +  const { rows } = await client.query('SELECT balance, open FROM accounts WHERE id = $1 FOR UPDATE', [id])
       return rows[0]
     }
     
    "
  `)
})

test('query builders', async () => {
  expect(
    await proposeForFolder(fixer, 'specimens/koa/race-lost-update-transaction/broken', meters),
  ).toMatchInlineSnapshot(`
    "--- a/server.js
    +++ b/server.js
    @@ -27,7 +27,7 @@
         ctx.throw(400, 'amount must be a whole number from 1 to 500')
       }
       ctx.body = await db.transaction(async (trx) => {
    -    const meter = await trx('meters').where({ id: ctx.params.id }).first('id', 'credit')
    +    const meter = await trx('meters').where({ id: ctx.params.id }).first('id', 'credit').forUpdate()
         if (!meter) return ctx.throw(404, 'no such meter')
         const credit = meter.credit + amount
         await trx('meters').where({ id: meter.id }).update({ credit })
    "
  `)
  expect(
    await proposeForFolder(fixer, 'specimens/fastify/race-oversell/broken', products),
  ).toMatchInlineSnapshot(`
    "--- a/server.js
    +++ b/server.js
    @@ -40,7 +40,7 @@
     app.post('/products/:id/purchase', { schema: { params: withId, body: purchase } }, async (req, reply) => {
       const { quantity } = req.body
       const order = await db.transaction(async (tx) => {
    -    const [product] = await tx.select().from(products).where(eq(products.id, req.params.id))
    +    const [product] = await tx.select().from(products).where(eq(products.id, req.params.id)).for('update')
         if (!product || product.stock < quantity) return null
         await tx
           .update(products)
    "
  `)
})

test('rows that are not there yet: what they belong to is locked', async () => {
  expect(
    await proposeForFolder(fixer, 'specimens/koa/race-double-spend/broken', wallets),
  ).toMatchInlineSnapshot(`
    "--- a/server.js
    +++ b/server.js
    @@ -49,6 +49,7 @@
         ctx.throw(400, 'amount must be a whole number from 1 to 1000')
       }
       const balance = await inTransaction(async (client) => {
    +    await client.query('SELECT 1 FROM wallets WHERE id = $1 FOR UPDATE', [ctx.params.id])
         const { rows } = await client.query(
           'SELECT coalesce(sum(amount), 0)::int AS balance FROM ledger WHERE wallet_id = $1',
           [ctx.params.id],
    "
  `)
  expect(await proposeForFolder(fixer, 'examples/booking', seats)).toMatchInlineSnapshot(`
    "--- a/src/routes/bookings.js
    +++ b/src/routes/bookings.js
    @@ -26,7 +26,7 @@
       transaction(async (client) => {
         const seats = await client.query(
           \`SELECT seats.id, events.price_cents FROM events JOIN seats ON seats.venue_id = events.venue_id
    -       WHERE events.id = $1 AND seats.id = ANY($2)\`,
    +       WHERE events.id = $1 AND seats.id = ANY($2) ORDER BY seats.id FOR UPDATE OF seats\`,
           [eventId, seatIds],
         )
         if (seats.rows.length !== seatIds.length)
    "
  `)
})

test('nothing for what is repaired, and for shapes that are not understood', async () => {
  for (const [folder, finding] of [
    ['express/race-lost-update', deposits],
    ['express/race-double-redeem', coupons],
    ['koa/race-lost-update-transaction', meters],
    ['fastify/race-oversell', products],
    ['express/race-cross-transfer', accounts],
  ] as const)
    expect(await proposeForFolder(fixer, `specimens/${folder}/fixed`, finding)).toBe('')
  const outer = `transaction(async (client) => {
  await client.query('SELECT notes.id FROM orders LEFT JOIN notes ON order_id = orders.id WHERE orders.id = $1', [id])
  await client.query('UPDATE notes SET open = false WHERE order_id = $1', [id])
})
`
  const read = 'SELECT notes.id FROM orders LEFT JOIN notes ON order_id = orders.id WHERE orders.id = $1'
  const notes = raced(read, 'UPDATE notes SET open = false WHERE order_id = $1')
  expect(await proposeForFiles(fixer, { 'notes.js': outer }, notes)).toBe('')
  const inner = raced(read.replace('LEFT JOIN', 'JOIN'), 'UPDATE notes SET open = false WHERE order_id = $1')
  const joined = outer.replace('LEFT JOIN', 'JOIN')
  expect(await proposeForFiles(fixer, { 'notes.js': joined }, inner)).toContain('$1 FOR UPDATE OF notes')
  const rounded = `async function pay(id, amount) {
  const { rows } = await pool.query('SELECT balance FROM accounts WHERE id = $1', [id])
  if (rows[0].balance < amount && !rows[0].open) return false
  const balance = Math.round(rows[0].balance + amount)
  await pool.query('UPDATE accounts SET balance = $1 WHERE id = $2', [balance, id])
}
`
  expect(await proposeForFiles(fixer, { 'pay.js': rounded }, deposits)).toBe('')
  const checked = rounded.replace('Math.round(rows[0].balance + amount)', 'rows[0].balance + amount')
  expect(await proposeForFiles(fixer, { 'pay.js': checked }, deposits)).toBe('')
})
