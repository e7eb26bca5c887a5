import { expect, test } from 'vitest'
import { findingOf, proposeForFiles, proposeForFolder } from '../../../../../test/support/propose-fix.ts'
import fixer from './index.ts'

const unbounded = (sql: string, subject = 'GET /entries') =>
  findingOf({
    ...{ probe: 'growth', subject, title: `${subject} answers every row there is: 30 ms, 1.6 s` },
    evidence: [
      {
        ...{ kind: 'statements', title: 'The statement that takes the time' },
        statements: [
          {
            ...{ connection: 1, sql, shape: sql, parameters: [], atMs: 1, durationMs: 1, rows: 1 },
            transaction: 'I',
          },
        ],
      },
    ],
  })

const ENTRIES = unbounded('SELECT id, ship, remark, made_at FROM entries ORDER BY id DESC')
const SPECIMEN = 'specimens/express/growth-unbounded-list'

test('a limit, the page after it, and a refusal of what is no limit', async () => {
  expect(await proposeForFolder(fixer, `${SPECIMEN}/broken`, ENTRIES)).toMatchInlineSnapshot(`
    "--- a/server.js
    +++ b/server.js
    @@ -1,5 +1,6 @@
     import express from 'express'
     import pg from 'pg'
    +import { linkToNext, readPage } from './pages.js'
     
     const pool = new pg.Pool({
       connectionString: process.env.DATABASE_URL,
    @@ -10,8 +11,14 @@
     
     const app = express()
     
    -app.get('/entries', async (_req, res) => {
    -  const { rows } = await pool.query('SELECT id, ship, remark, made_at FROM entries ORDER BY id DESC')
    +app.get('/entries', async (req, res) => {
    +  const page = readPage(req.query)
    +  if (page === null) return res.status(400).json({ error: 'limit has to be a whole number from 1 to 200, and offset one from 0' })
    +  const { rows } = await pool.query('SELECT id, ship, remark, made_at FROM entries ORDER BY id DESC LIMIT $1 OFFSET $2', [page.limit + 1, page.offset])
    +  if (rows.length > page.limit) {
    +    rows.pop()
    +    res.set('Link', linkToNext(req.originalUrl, page))
    +  }
       res.json(rows)
     })
     
    --- /dev/null
    +++ b/pages.js
    @@ -0,0 +1,20 @@
    +const numberOf = (given, usual) => {
    +  if (given === undefined) return usual
    +  return /^\\d{1,9}$/.test(String(given)) ? Number(given) : Number.NaN
    +}
    +
    +/** What \`limit\` and \`offset\` of a query ask for; null where they are no such numbers. */
    +export const readPage = (query) => {
    +  const limit = numberOf(query.limit, 50)
    +  const offset = numberOf(query.offset, 0)
    +  return limit >= 1 && limit <= 200 && offset >= 0 ? { limit, offset } : null
    +}
    +
    +/** Where the list goes on, as RFC 8288 has it. */
    +export const linkToNext = (url, { limit, offset }) => {
    +  const [path, search] = url.split('?')
    +  const query = new URLSearchParams(search)
    +  query.set('limit', String(limit))
    +  query.set('offset', String(offset + limit))
    +  return \`<\${path}?\${query}>; rel="next"\`
    +}
    "
  `)
})

test('nothing for a list with a limit, and for another reason', async () => {
  expect(await proposeForFolder(fixer, `${SPECIMEN}/fixed`, ENTRIES)).toBe('')
  const other = { ...ENTRIES, title: 'GET /entries reads the whole table entries: 30 ms, 1.6 s' }
  expect(await proposeForFolder(fixer, `${SPECIMEN}/broken`, other)).toBe('')
})

const TABLES =
  'CREATE TABLE halls (id serial PRIMARY KEY, name text, city text);\nCREATE TABLE seats (id serial PRIMARY KEY, hall_id int);\nCREATE TABLE marks (x int, y int, PRIMARY KEY (x, y));'

const offered = (sql: string, body = 'res.json(rows)') =>
  proposeForFiles(
    fixer,
    {
      'schema.sql': TABLES,
      'app.js': `const express = require('express')\nconst { Pool } = require('pg')\nconst pool = new Pool()\nconst app = express()\napp.get('/halls', async (req, res) => {\n  const { rows } = await pool.query('${sql}')\n  ${body}\n})\n`,
    },
    unbounded(sql, 'GET /halls'),
  )

const statementIn = (diff: string) => /^\+.*query\('(.*)', \[/m.exec(diff)?.[1]

test.each([
  ['SELECT * FROM halls', 'SELECT * FROM halls ORDER BY id LIMIT $1 OFFSET $2'],
  [
    'SELECT h.name FROM halls h WHERE city IS NOT NULL ORDER BY h.name DESC;',
    'SELECT h.name FROM halls h WHERE city IS NOT NULL ORDER BY h.name DESC, id DESC LIMIT $1 OFFSET $2;',
  ],
  [
    'SELECT h.name, s.id FROM halls h JOIN seats s ON s.hall_id = h.id ORDER BY h.name',
    'SELECT h.name, s.id FROM halls h JOIN seats s ON s.hall_id = h.id ORDER BY h.name, h.id, s.id LIMIT $1 OFFSET $2',
  ],
  [
    'SELECT s.id, h.name FROM seats s JOIN halls h ON h.id = s.hall_id',
    'SELECT s.id, h.name FROM seats s JOIN halls h ON h.id = s.hall_id ORDER BY s.id LIMIT $1 OFFSET $2',
  ],
  ['SELECT * FROM marks ORDER BY y', 'SELECT * FROM marks ORDER BY y, x LIMIT $1 OFFSET $2'],
  [
    'SELECT h.id, count(s.id) AS seats FROM halls AS h LEFT JOIN seats AS s ON s.hall_id = h.id GROUP BY h.id',
    'SELECT h.id, count(s.id) AS seats FROM halls AS h LEFT JOIN seats AS s ON s.hall_id = h.id WHERE h.id IN (SELECT h.id FROM halls AS h ORDER BY h.id LIMIT $1 OFFSET $2) GROUP BY h.id ORDER BY h.id',
  ],
])('%s', async (sql, paged) => {
  expect(statementIn(await offered(sql))).toBe(paged)
})

test.each([
  'SELECT DISTINCT city FROM halls',
  'SELECT city, count(*) AS halls FROM halls GROUP BY city',
  'SELECT h.id, count(s.id) AS seats FROM halls h JOIN seats s ON s.hall_id = h.id GROUP BY h.id',
  'SELECT h.id, count(s.id) AS seats FROM halls h LEFT JOIN seats s ON s.hall_id = h.id GROUP BY h.id ORDER BY seats',
  'SELECT id FROM halls UNION SELECT id FROM seats',
  'SELECT id FROM elsewhere',
  'SELECT h.id FROM halls h JOIN (SELECT hall_id FROM seats) AS s ON s.hall_id = h.id',
  'SELECT h.id FROM halls h JOIN elsewhere e ON e.hall_id = h.id',
  'SELECT id FROM halls LIMIT 1000000',
  'SELECT id FROM halls FOR UPDATE',
  'SELECT json_agg(name) AS names FROM halls',
])('nothing: %s', async (sql) => {
  expect(await offered(sql)).toBe('')
})

test('nothing where the rows are counted, or come by another way', async () => {
  const sql = 'SELECT * FROM halls'
  expect(await offered(sql, 'res.json({ rows, total: rows.length })')).toBe('')
  expect(await offered(sql, 'const page = 1\n  res.json(rows.slice(page))')).toBe('')
  expect(await offered(sql, 'if (rows.length === 0) return res.json([])\n  res.json(rows)')).not.toBe('')
})

const BUILT = {
  'migrations/1_halls.js':
    "exports.up = (knex) =>\n  knex.schema.createTable('halls', (table) => {\n    table.increments('id')\n    table.string('name')\n  })\n",
  'prisma/schema.prisma':
    'model Hall {\n  id   Int    @id @default(autoincrement())\n  name String\n\n  @@map("halls")\n}\n',
}

/** The line of a list that a builder answers. */
const built = async (list: string, sql: string) => {
  const app = `import express from 'express'\nconst app = express()\napp.get('/halls', async (req, res) => {\n  const halls = await ${list}\n  res.json(halls)\n})\n`
  const diff = await proposeForFiles(fixer, { ...BUILT, 'app.js': app }, unbounded(sql, 'GET /halls'))
  return /^\+ {2}const halls = await (.*)$/m.exec(diff)?.[1]
}

const KNEX = 'select * from "halls"'
const PRISMA = 'SELECT "public"."halls"."id" FROM "public"."halls" WHERE 1=1 OFFSET $1'
const SEQUELIZE = 'SELECT "id", "name" FROM "Halls" AS "Hall"'

test.each([
  ["knex('halls')", KNEX, "knex('halls').orderBy('id').limit(page.limit + 1).offset(page.offset)"],
  [
    "knex('halls').where({ open: true }).orderBy('name', 'desc')",
    KNEX,
    "knex('halls').where({ open: true }).orderBy('name', 'desc').orderBy('id').limit(page.limit + 1).offset(page.offset)",
  ],
  [
    'prisma.hall.findMany()',
    PRISMA,
    "prisma.hall.findMany({ orderBy: { id: 'asc' }, take: page.limit + 1, skip: page.offset })",
  ],
  [
    "prisma.hall.findMany({ where: { open: true }, orderBy: { name: 'desc' } })",
    PRISMA,
    "prisma.hall.findMany({ where: { open: true }, orderBy: [{ name: 'desc' }, { id: 'asc' }], take: page.limit + 1, skip: page.offset })",
  ],
  [
    'Hall.findAll()',
    SEQUELIZE,
    "Hall.findAll({ order: [['id', 'ASC']], limit: page.limit + 1, offset: page.offset })",
  ],
  [
    "Hall.findAll({ order: [['name', 'DESC']] })",
    SEQUELIZE,
    "Hall.findAll({ order: [['name', 'DESC'], ['id', 'ASC']], limit: page.limit + 1, offset: page.offset })",
  ],
])('%s', async (list, sql, paged) => {
  expect(await built(list, sql)).toBe(paged)
})

test.each([
  ["knex('halls').limit(10)", KNEX],
  ["knex('halls').groupBy('name')", KNEX],
  ["knex('seats')", 'select * from "seats"'],
  ['prisma.hall.findMany({ take: 5 })', PRISMA],
  ['prisma.hall.findMany({ distinct: [name] })', PRISMA],
  ['prisma.hall.findMany(options)', PRISMA],
  ['prisma.hall.findMany({ ...options })', PRISMA],
  ['Hall.findAll({ include: [Seat] })', SEQUELIZE],
  ["Hall.findAll({ order: sequelize.literal('name') })", SEQUELIZE],
])('nothing: %s', async (list, sql) => {
  expect(await built(list, sql)).toBeUndefined()
})
