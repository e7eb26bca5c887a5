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
  const { rows: authors } = await pool.query('SELECT id, name FROM authors ORDER BY id LIMIT $1', [
    readLimit(ctx),
  ])
  for (const author of authors) {
    const { rows } = await pool.query('SELECT title FROM books WHERE author_id = $1 ORDER BY id', [author.id])
    author.books = rows.map((row) => row.title)
  }
  ctx.body = authors
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
