import Router from '@koa/router'
import Koa from 'koa'
import pg from 'pg'

const pool = new pg.Pool({
  connectionString: process.env.DATABASE_URL,
  connectionTimeoutMillis: 2000,
  query_timeout: 3000,
})
pool.on('error', (error) => console.error('database:', error.message))

const router = new Router()
const readLimit = (ctx) => Math.min(Math.max(Number.parseInt(ctx.query.limit, 10) || 20, 1), 100)

router.get('/authors', async (ctx) => {
  const { rows } = await pool.query(
    `SELECT authors.id, authors.name, coalesce(array_agg(books.title ORDER BY books.id)
       FILTER (WHERE books.id IS NOT NULL), '{}') AS books
     FROM authors LEFT JOIN books ON books.author_id = authors.id
     GROUP BY authors.id ORDER BY authors.id LIMIT $1`,
    [readLimit(ctx)],
  )
  ctx.body = rows
})

router.get('/books', async (ctx) => {
  const { rows } = await pool.query(
    `SELECT books.id, books.title, authors.name AS author
     FROM books JOIN authors ON authors.id = books.author_id ORDER BY books.id LIMIT $1`,
    [readLimit(ctx)],
  )
  ctx.body = rows
})

const app = new Koa()
app.use(router.routes()).use(router.allowedMethods())
app.listen(Number(process.env.PORT ?? 3000))
