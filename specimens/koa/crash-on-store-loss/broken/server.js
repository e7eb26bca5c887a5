import Router from '@koa/router'
import Koa from 'koa'
import bodyParser from 'koa-bodyparser'
import pg from 'pg'

const db = new pg.Client({ connectionString: process.env.DATABASE_URL })
db.on('error', (error) => console.error('database:', error.message))
await db.connect()

const router = new Router({ prefix: '/reviews' })

router.get('/', async (ctx) => {
  const { rows } = await db.query('SELECT product, avg(stars)::float AS stars FROM reviews GROUP BY product')
  ctx.body = rows
})

router.post('/', async (ctx) => {
  const { product, stars } = ctx.request.body ?? {}
  if (typeof product !== 'string' || !(Number.isInteger(stars) && stars >= 1 && stars <= 5)) {
    ctx.throw(400, 'product and 1 to 5 stars are required')
  }
  await db.query('INSERT INTO reviews (product, stars) VALUES ($1, $2)', [product, stars])
  ctx.status = 201
  ctx.body = { product, stars }
})

const app = new Koa()
app.use(async (ctx, next) => {
  try {
    await next()
  } catch (error) {
    if (!error.expose) console.error(error.message)
    ctx.status = error.status ?? 500
    ctx.body = { error: error.expose ? error.message : 'internal error' }
  }
})
app.use(bodyParser())
app.use(router.routes()).use(router.allowedMethods())
app.listen(Number(process.env.PORT ?? 3000))
