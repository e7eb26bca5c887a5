import Router from '@koa/router'
import Koa from 'koa'
import bodyParser from 'koa-bodyparser'
import pg from 'pg'

const pool = new pg.Pool({
  connectionString: process.env.DATABASE_URL,
  max: 5,
  query_timeout: 30000,
})
pool.on('error', (error) => console.error('database:', error.message))

const router = new Router()

router.get('/loans', async (ctx) => {
  const { rows } = await pool.query('SELECT id, title, reader FROM loans ORDER BY id DESC LIMIT 50')
  ctx.body = rows
})

router.post('/loans', async (ctx) => {
  const { title, reader } = ctx.request.body ?? {}
  if (typeof title !== 'string' || title.length > 80) ctx.throw(400, 'title is required')
  if (typeof reader !== 'string' || reader.length > 40) ctx.throw(400, 'reader is required')
  const { rows } = await pool.query(
    'INSERT INTO loans (title, reader) VALUES ($1, $2) RETURNING id, title, reader',
    [title, reader],
  )
  ctx.status = 201
  ctx.body = rows[0]
})

const app = new Koa()
app.use(async (ctx, next) => {
  try {
    await next()
  } catch (error) {
    if (!error.expose) console.error(error.message)
    ctx.status = error.status ?? 503
    if (ctx.status === 503) ctx.set('retry-after', '2')
    ctx.body = { error: error.expose ? error.message : 'try again shortly' }
  }
})
app.use(bodyParser())
app.use(router.routes()).use(router.allowedMethods())
app.listen(Number(process.env.PORT ?? 3000))
