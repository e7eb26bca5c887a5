import Router from '@koa/router'
import knex from 'knex'
import Koa from 'koa'
import bodyParser from 'koa-bodyparser'

const db = knex({
  client: 'pg',
  connection: {
    connectionString: process.env.DATABASE_URL,
    connectionTimeoutMillis: 5000,
    query_timeout: 8000,
  },
  pool: { min: 0, max: 10 },
  acquireConnectionTimeout: 6000,
})

const router = new Router()

router.get('/meters', async (ctx) => {
  ctx.body = await db('meters').select('id', 'address', 'credit').orderBy('id').limit(100)
})

router.post('/meters/:id/top-up', async (ctx) => {
  const { amount } = ctx.request.body ?? {}
  if (!/^\d{1,9}$/.test(ctx.params.id)) ctx.throw(404, 'no such meter')
  if (!Number.isInteger(amount) || amount < 1 || amount > 500) {
    ctx.throw(400, 'amount must be a whole number from 1 to 500')
  }
  ctx.body = await db.transaction(async (trx) => {
    const meter = await trx('meters').where({ id: ctx.params.id }).forUpdate().first('id', 'credit')
    if (!meter) return ctx.throw(404, 'no such meter')
    const credit = meter.credit + amount
    await trx('meters').where({ id: meter.id }).update({ credit })
    return { id: meter.id, credit }
  })
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
