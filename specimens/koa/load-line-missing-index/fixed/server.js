import Router from '@koa/router'
import Koa from 'koa'
import pg from 'pg'

const pool = new pg.Pool({
  connectionString: process.env.DATABASE_URL,
  connectionTimeoutMillis: 2000,
  query_timeout: 5000,
})
pool.on('error', (error) => console.error('database:', error.message))

const router = new Router()

router.get('/customers/:email/tickets', async (ctx) => {
  const { rows } = await pool.query(
    'SELECT id, subject, state FROM tickets WHERE lower(email) = lower($1) ORDER BY id DESC LIMIT 20',
    [ctx.params.email],
  )
  ctx.body = rows
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
app.use(router.routes()).use(router.allowedMethods())
app.listen(Number(process.env.PORT ?? 3000))
