import { setTimeout as sleep } from 'node:timers/promises'
import Router from '@koa/router'
import Koa from 'koa'
import bodyParser from 'koa-bodyparser'
import pg from 'pg'

const pool = new pg.Pool({
  connectionString: process.env.DATABASE_URL,
  connectionTimeoutMillis: 5000,
  query_timeout: 8000,
})
pool.on('error', (error) => console.error('idle connection lost:', error.message))

async function inTransaction(work) {
  const client = await pool.connect()
  let lost
  try {
    await client.query('BEGIN')
    const result = await work(client)
    await client.query('COMMIT')
    return result
  } catch (error) {
    await client.query('ROLLBACK').catch((failure) => {
      lost = failure
    })
    throw error
  } finally {
    client.release(lost)
  }
}

// Stands for the look at the card network's limits.
const checkLimits = async () => sleep(Math.random() * 20)

const router = new Router()

router.get('/wallets', async (ctx) => {
  const { rows } = await pool.query(
    `SELECT wallets.id, owner, coalesce(sum(amount), 0)::int AS balance
     FROM wallets LEFT JOIN ledger ON wallet_id = wallets.id GROUP BY wallets.id ORDER BY wallets.id`,
  )
  ctx.body = rows
})

router.post('/wallets/:id/withdraw', async (ctx) => {
  const { amount } = ctx.request.body ?? {}
  if (!/^\d{1,9}$/.test(ctx.params.id)) ctx.throw(404, 'no such wallet')
  if (!Number.isInteger(amount) || amount < 1 || amount > 1000) {
    ctx.throw(400, 'amount must be a whole number from 1 to 1000')
  }
  const balance = await inTransaction(async (client) => {
    await client.query("SELECT pg_advisory_xact_lock(hashtext('wallet'), $1)", [ctx.params.id])
    const { rows } = await client.query(
      'SELECT coalesce(sum(amount), 0)::int AS balance FROM ledger WHERE wallet_id = $1',
      [ctx.params.id],
    )
    await checkLimits(ctx.params.id, amount)
    if (rows[0].balance < amount) return null
    await client.query('INSERT INTO ledger (wallet_id, amount) VALUES ($1, $2)', [ctx.params.id, -amount])
    return rows[0].balance - amount
  })
  if (balance === null) ctx.throw(409, 'the balance is too low')
  ctx.status = 201
  ctx.body = { balance }
})

const app = new Koa()
app.use(async (ctx, next) => {
  try {
    await next()
  } catch (error) {
    if (!error.expose) console.error(error.message)
    ctx.status = error.expose ? error.status : 503
    ctx.body = { error: error.expose ? error.message : 'try again shortly' }
  }
})
app.use(bodyParser())
app.use(router.routes()).use(router.allowedMethods())
app.listen(Number(process.env.PORT ?? 3000))
