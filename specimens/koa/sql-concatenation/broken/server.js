import Router from '@koa/router'
import Koa from 'koa'
import pg from 'pg'

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL })
pool.on('error', (error) => console.error('idle connection lost:', error.message))

const router = new Router()
const ORDERS = { title: 'title', price: 'cents' }

router.get('/books', async (ctx) => {
  const { title = '', order } = ctx.query
  const by = ORDERS[order] ?? 'id'
  const { rows } = await pool.query(
    `SELECT id, title, cents FROM books WHERE title LIKE '%${title}%' ORDER BY ${by} LIMIT 50`,
  )
  ctx.body = rows
})

new Koa().use(router.routes()).listen(Number(process.env.PORT ?? 3000))
