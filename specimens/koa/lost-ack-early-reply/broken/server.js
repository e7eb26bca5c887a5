import { randomUUID } from 'node:crypto'
import Router from '@koa/router'
import Koa from 'koa'
import bodyParser from 'koa-bodyparser'
import pg from 'pg'

const pool = new pg.Pool({
  connectionString: process.env.DATABASE_URL,
  connectionTimeoutMillis: 2000,
  query_timeout: 5000,
})
pool.on('error', (error) => console.error('idle connection lost:', error.message))

const quietly = (error) => console.error('connection lost in use:', error.message)

async function commit(client) {
  let failed
  try {
    await client.query('COMMIT')
  } catch (error) {
    failed = error
    console.error('commit failed:', error.message)
  } finally {
    client.off('error', quietly)
    client.release(failed)
  }
}

async function writeOrder(order) {
  const client = await pool.connect()
  client.on('error', quietly)
  try {
    await client.query('BEGIN')
    await client.query('INSERT INTO orders (id, customer) VALUES ($1, $2)', [order.id, order.customer])
    await client.query('INSERT INTO order_lines (order_id, product) VALUES ($1, $2)', [
      order.id,
      order.product,
    ])
    return client
  } catch (error) {
    client.off('error', quietly)
    client.release(error)
    throw error
  }
}

const router = new Router()

router.get('/orders/:id', async (ctx) => {
  const { rows } = await pool.query('SELECT id, customer, placed_at FROM orders WHERE id::text = $1', [
    ctx.params.id,
  ])
  if (!rows[0]) ctx.throw(404, 'no such order')
  ctx.body = rows[0]
})

router.post('/orders', async (ctx) => {
  const { customer, product } = ctx.request.body ?? {}
  if (typeof customer !== 'string' || customer.length === 0 || customer.length > 80)
    ctx.throw(400, 'customer is required')
  if (typeof product !== 'string' || product.length === 0 || product.length > 80)
    ctx.throw(400, 'product is required')
  const order = { id: randomUUID(), customer, product }
  const client = await writeOrder(order)
  ctx.status = 201
  ctx.body = order
  ctx.res.once('finish', () => commit(client))
})

const app = new Koa()
app.use(async (ctx, next) => {
  try {
    await next()
  } catch (error) {
    if (!error.expose) console.error(error.message)
    ctx.status = error.status ?? 503
    ctx.body = { error: error.expose ? error.message : 'try again shortly' }
  }
})
app.use(bodyParser())
app.use(router.routes()).use(router.allowedMethods())
app.listen(Number(process.env.PORT ?? 3000))
