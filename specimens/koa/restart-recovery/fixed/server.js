import { randomUUID } from 'node:crypto'
import Router from '@koa/router'
import Koa from 'koa'
import bodyParser from 'koa-bodyparser'
import pg from 'pg'

const pool = new pg.Pool({
  connectionString: process.env.DATABASE_URL,
  connectionTimeoutMillis: 2000,
  query_timeout: 3000,
})
pool.on('error', (error) => console.error('database:', error.message))

const router = new Router()

router.get('/votes', async (ctx) => {
  const { rows } = await pool.query(
    'SELECT choice, count(*)::int AS votes FROM votes GROUP BY choice ORDER BY choice',
  )
  ctx.body = rows
})

router.post('/votes', async (ctx) => {
  const { choice } = ctx.request.body ?? {}
  if (typeof choice !== 'string' || choice.length > 40) ctx.throw(400, 'a choice is required')
  const vote = { id: randomUUID(), choice }
  await pool.query('INSERT INTO votes (id, choice) VALUES ($1, $2)', [vote.id, vote.choice])
  ctx.status = 201
  ctx.body = vote
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
