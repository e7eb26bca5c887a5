import { expect, test } from 'vitest'
import { findingOf, proposeForFiles, proposeForFolder } from '../../../../../test/support/propose-fix.ts'
import fixer from './index.ts'

const unasked = (sql: string, missing: number | null = 404) =>
  findingOf({
    ...{ probe: 'access', subject: 'GET /orders/:id', cwe: 639 },
    detail: `B is answered 200 with A's order.product${missing === null ? '' : ` · an id that does not exist answers ${missing}`}`,
    repairs: ['Put the owner into the condition: … WHERE id = $1 AND owner_id = $2, with the account.'],
    evidence: [
      {
        ...{ kind: 'statements', title: 'The statement, which does not ask whose it is' },
        statements: [
          {
            ...{ connection: 1, sql, shape: sql, parameters: ['1'], atMs: 1, durationMs: 1, rows: 1 },
            transaction: 'I',
          },
        ],
      },
    ],
  })

const ORDER = unasked('SELECT id, product, quantity, state FROM orders WHERE id = $1')

test('the owner joins the condition, as the other statements have it', async () => {
  const folder = 'specimens/express/access-statement'
  expect(await proposeForFolder(fixer, `${folder}/broken`, ORDER)).toMatchInlineSnapshot(`
    "--- a/server.js
    +++ b/server.js
    @@ -64,8 +64,8 @@
     })
     
     app.get('/api/orders/:id', requireUser, async (req, res) => {
    -  const { rows } = await pool.query('SELECT id, product, quantity, state FROM orders WHERE id = $1', [
    -    Number(req.params.id),
    +  const { rows } = await pool.query('SELECT id, product, quantity, state FROM orders WHERE id = $1 AND customer_id = $2', [
    +    Number(req.params.id), req.userId,
       ])
       if (rows.length === 0) return res.status(404).json({ error: 'no such order' })
       res.json({ order: rows[0] })
    "
  `)
  expect(await proposeForFolder(fixer, `${folder}/fixed`, ORDER)).toBe('')
})

const MINE = "await pool.query('SELECT id FROM orders WHERE user_id = $1', [req.user.id])"
const ASKED = 'SELECT id, total FROM orders WHERE id = $1'

type App = {
  mine?: string
  sql?: string
  one?: string
  guard?: string
  body?: string
  missing?: number | null
}

/** What joins the condition and the values; '' where nothing is offered. */
const offered = async ({ mine = MINE, sql = ASKED, one, guard = 'requireUser, ', body, missing }: App) => {
  const sent = one ?? `pool.query('${sql}', [req.params.id])`
  const app = `import express from 'express'
import { Pool } from 'pg'
import { requireUser } from './users.js'
const pool = new Pool()
const app = express()
app.get('/orders', requireUser, async (req, res) => {
  const { rows } = ${mine}
  res.json(rows)
})
app.get('/orders/:id', ${guard}async (req, res) => {
  ${body ?? `const { rows } = await ${sent}\n  if (!rows[0]) return res.sendStatus(404)\n  res.json(rows[0])`}
})
`
  const schema =
    'CREATE TABLE orders (id serial PRIMARY KEY, user_id int, total int);\nCREATE TABLE users (id serial PRIMARY KEY, name text);'
  const diff = await proposeForFiles(fixer, { 'app.js': app, 'schema.sql': schema }, unasked(sql, missing))
  return /^\+.*?query\((.*)\)$/m.exec(diff)?.[1] ?? ''
}

test.each<[string, App, string]>([
  [
    'as it is',
    {},
    "'SELECT id, total FROM orders WHERE id = $1 AND user_id = $2', [req.params.id, req.user.id]",
  ],
  [
    'the table has another name in a join',
    {
      sql: 'SELECT o.id, u.name FROM orders o JOIN users u ON u.id = o.user_id WHERE o.id = $1 ORDER BY u.name',
    },
    "'SELECT o.id, u.name FROM orders o JOIN users u ON u.id = o.user_id WHERE o.id = $1 AND o.user_id = $2 ORDER BY u.name', [req.params.id, req.user.id]",
  ],
  [
    'a row that is locked',
    { sql: 'SELECT id FROM orders WHERE id = $1 FOR UPDATE' },
    "'SELECT id FROM orders WHERE id = $1 AND user_id = $2 FOR UPDATE', [req.params.id, req.user.id]",
  ],
  [
    'what is written down as theirs',
    {
      mine: "await pool.query('INSERT INTO orders (total, user_id) VALUES (0, $1) RETURNING id', [req.user.id])",
    },
    "'SELECT id, total FROM orders WHERE id = $1 AND user_id = $2', [req.params.id, req.user.id]",
  ],
  [
    'a name for who asks',
    { mine: "await pool.query('SELECT id FROM orders WHERE user_id = $1', [req.session.userId])" },
    "'SELECT id, total FROM orders WHERE id = $1 AND user_id = $2', [req.params.id, req.session.userId]",
  ],
])('%s', async (_, app, code) => {
  expect(await offered(app)).toBe(code)
})

test.each<[string, App]>([
  ['nobody says whose they are', { mine: "await pool.query('SELECT id FROM orders')" }],
  [
    'two ways to say it',
    {
      mine: "await Promise.all([pool.query('SELECT id FROM orders WHERE user_id = $1', [req.user.id]), pool.query('SELECT id FROM orders WHERE user_id = $1', [req.auth.id])])",
    },
  ],
  [
    'what the caller sends',
    { mine: "await pool.query('SELECT id FROM orders WHERE user_id = $1', [req.query.user])" },
  ],
  ['no guard', { guard: '' }],
  [
    'a role may see more',
    {
      body: `if (req.user.role === 'staff') return next()\n  const { rows } = await pool.query('${ASKED}', [req.params.id])\n  res.json(rows[0])`,
    },
  ],
  ['an alternative', { sql: 'SELECT id FROM orders WHERE id = $1 OR total = 0' }],
  ['several parts', { sql: 'SELECT id FROM orders WHERE id = $1 UNION SELECT 1' }],
  ['a table whose owner stands elsewhere', { sql: 'SELECT name FROM users WHERE id = $1' }],
  ['values that are put together', { one: `pool.query('${ASKED}', [...ids])` }],
  ['a row that is missing fails', { missing: 500 }],
  [
    'a row that is missing may fail',
    {
      missing: null,
      body: `const { rows } = await pool.query('${ASKED}', [req.params.id])\n  res.json({ total: rows[0].total })`,
    },
  ],
])('nothing: %s', async (_, app) => {
  expect(await offered(app)).toBe('')
})

test('nothing for what is meant for a role, or open to everybody', async () => {
  for (const cwe of [285, 306])
    expect(
      await proposeForFolder(fixer, 'specimens/express/access-statement/broken', { ...ORDER, cwe }),
    ).toBe('')
})

const placed = (line: number) => {
  const finding = unasked('select * from orders where id = $1 limit $2')
  return {
    ...finding,
    evidence: [
      ...finding.evidence,
      { kind: 'source' as const, title: 'Where it is written', place: { file: 'app.js', line }, excerpt: '' },
    ],
  }
}

/** The one line that a builder's call becomes. */
const built = async (mine: string, one: string) => {
  const app = `import express from 'express'
const app = express()
app.get('/orders', requireUser, async (req, res) => {
  res.json(await ${mine})
})
app.get('/orders/:id', requireUser, async (req, res) => {
  const order = await ${one}
  if (!order) return res.sendStatus(404)
  res.json(order)
})
`
  const diff = await proposeForFiles(
    fixer,
    { 'app.js': app, 'package.json': '{ "dependencies": { "@prisma/client": "^6.1.0" } }' },
    placed(7),
  )
  return /^\+ {2}const order = await (.*)$/m.exec(diff)?.[1]
}

const ID = 'req.params.id'

test.each([
  [
    "knex('orders').where({ user_id: req.user.id })",
    `knex('orders').where({ id: ${ID} }).first()`,
    `knex('orders').where({ id: ${ID} }).where('user_id', req.user.id).first()`,
  ],
  [
    "knex('orders').insert({ total: 1, user_id: req.user.id })",
    `knex('orders').where('id', ${ID}).update({ total: 2 })`,
    `knex('orders').where('id', ${ID}).where('user_id', req.user.id).update({ total: 2 })`,
  ],
  [
    'prisma.order.findMany({ where: { userId: req.user.id } })',
    `prisma.order.findUnique({ where: { id: ${ID} } })`,
    `prisma.order.findUnique({ where: { id: ${ID}, userId: req.user.id } })`,
  ],
  [
    'Order.findAll({ where: { userId: req.user.id } })',
    `Order.findOne({ where: { id: ${ID} } })`,
    `Order.findOne({ where: { id: ${ID}, userId: req.user.id } })`,
  ],
])('%s: %s', async (mine, one, code) => {
  expect(await built(mine, one)).toBe(code)
})

test.each([
  ["knex('orders')", `knex('orders').where({ id: ${ID} }).first()`],
  [
    "knex('orders').where({ user_id: req.user.id })",
    `knex('orders').where({ id: ${ID} }).orWhere({ open: true })`,
  ],
  ["knex('orders').where({ user_id: req.user.id })", `knex('lines').where({ id: ${ID} })`],
  ['prisma.order.findMany({ where: { userId: req.user.id } })', 'prisma.order.findUnique(options)'],
  [
    'prisma.order.findMany({ where: { userId: req.user.id } })',
    `prisma.order.findFirst({ where: { OR: [{ id: ${ID} }] } })`,
  ],
  ['Order.findAll({ where: { userId: req.user.id } })', `Order.findByPk(${ID})`],
])('nothing: %s: %s', async (mine, one) => {
  expect(await built(mine, one)).toBeUndefined()
})
