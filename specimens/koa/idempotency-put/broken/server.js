import Router from '@koa/router'
import Koa from 'koa'
import bodyParser from 'koa-bodyparser'
import pg from 'pg'

const pool = new pg.Pool({
  connectionString: process.env.DATABASE_URL,
  connectionTimeoutMillis: 2000,
  query_timeout: 3000,
})
pool.on('error', (error) => console.error('idle connection lost:', error.message))

const router = new Router()

router.get('/items', async (ctx) => {
  const { rows } = await pool.query('SELECT id, name, quantity FROM items ORDER BY id LIMIT 100')
  ctx.body = rows
})

router.put('/items/:id/stock', async (ctx) => {
  const { quantity } = ctx.request.body
  ctx.assert(Number.isInteger(quantity) && quantity >= 0, 400, 'quantity must be an integer')
  const { rows } = await pool.query(
    'UPDATE items SET quantity = quantity + $2, updated_at = now() WHERE id = $1 RETURNING id, name, quantity',
    [Number.parseInt(ctx.params.id, 10) || 0, quantity],
  )
  ctx.assert(rows.length === 1, 404, 'no such item')
  ctx.body = rows[0]
})

router.delete('/items/:id', async (ctx) => {
  const { rowCount } = await pool.query('DELETE FROM items WHERE id = $1', [
    Number.parseInt(ctx.params.id, 10) || 0,
  ])
  ctx.status = rowCount === 1 ? 204 : 404
})

const app = new Koa()
app.use(bodyParser()).use(router.routes()).use(router.allowedMethods())
app.listen(Number(process.env.PORT ?? 3000))
