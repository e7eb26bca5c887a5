import Router from '@koa/router'
import Koa from 'koa'
import bodyParser from 'koa-bodyparser'
import pg from 'pg'

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL })
pool.on('error', (error) => console.error('idle connection lost:', error.message))

const router = new Router()

const idOf = (ctx) => {
  const id = Number(ctx.params.id)
  ctx.assert(Number.isInteger(id) && id > 0 && id <= 2_147_483_647, 404, 'no such room')
  return id
}

const find = async (ctx) => {
  const { rows } = await pool.query('SELECT id, name, seats FROM rooms WHERE id = $1', [idOf(ctx)])
  ctx.assert(rows.length === 1, 404, 'no such room')
  return rows[0]
}

const checkName = (ctx, name) =>
  ctx.assert(typeof name === 'string' && /^[^\0]{1,60}$/.test(name), 400, 'name must have 1 to 60 characters')
const checkSeats = (ctx, seats) =>
  ctx.assert(Number.isInteger(seats) && seats > 0 && seats <= 500, 400, 'seats must be 1 to 500')

router.get('/rooms', async (ctx) => {
  const { rows } = await pool.query('SELECT id, name, seats FROM rooms ORDER BY id LIMIT 100')
  ctx.body = rows
})

router.get('/rooms/:id', async (ctx) => {
  ctx.body = await find(ctx)
})

router.put('/rooms/:id', async (ctx) => {
  const { id } = await find(ctx)
  const { name, seats } = ctx.request.body ?? {}
  checkName(ctx, name)
  checkSeats(ctx, seats)
  await pool.query('UPDATE rooms SET name = $2, seats = $3 WHERE id = $1', [id, name, seats])
  ctx.body = { id, name, seats }
})

const app = new Koa()
app.use(bodyParser()).use(router.routes()).use(router.allowedMethods())
app.listen(Number(process.env.PORT ?? 3000))
