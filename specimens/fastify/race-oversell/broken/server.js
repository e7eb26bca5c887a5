import { asc, eq, sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/node-postgres'
import { integer, pgTable, serial, text } from 'drizzle-orm/pg-core'
import Fastify from 'fastify'
import pg from 'pg'

const pool = new pg.Pool({
  connectionString: process.env.DATABASE_URL,
  connectionTimeoutMillis: 5000,
  query_timeout: 8000,
})
pool.on('error', (error) => console.error('idle connection lost:', error.message))
const db = drizzle(pool)

const products = pgTable('products', {
  id: serial().primaryKey(),
  name: text().notNull(),
  stock: integer().notNull(),
})

const orders = pgTable('orders', {
  id: serial().primaryKey(),
  productId: integer('product_id').notNull(),
  quantity: integer().notNull(),
})

const app = Fastify({ logger: { level: 'warn' } })

const withId = { type: 'object', properties: { id: { type: 'integer', minimum: 1, maximum: 2147483647 } } }

const purchase = {
  type: 'object',
  required: ['quantity'],
  additionalProperties: false,
  properties: { quantity: { type: 'integer', minimum: 1, maximum: 100 } },
}

app.get('/products', async () => db.select().from(products).orderBy(asc(products.id)).limit(100))

app.post('/products/:id/purchase', { schema: { params: withId, body: purchase } }, async (req, reply) => {
  const { quantity } = req.body
  const order = await db.transaction(async (tx) => {
    const [product] = await tx.select().from(products).where(eq(products.id, req.params.id))
    if (!product || product.stock < quantity) return null
    await tx
      .update(products)
      .set({ stock: sql`${products.stock} - ${quantity}` })
      .where(eq(products.id, product.id))
    const [placed] = await tx.insert(orders).values({ productId: product.id, quantity }).returning()
    return placed
  })
  return order === null ? reply.code(409).send({ error: 'not in stock' }) : reply.code(201).send(order)
})

app.setErrorHandler((error, req, reply) => {
  if (error.statusCode < 500) return reply.code(error.statusCode).send({ error: error.message })
  req.log.error(error)
  return reply.code(503).header('retry-after', '1').send({ error: 'try again shortly' })
})

await app.listen({ port: Number(process.env.PORT ?? 3000), host: '0.0.0.0' })
