import { expect, test } from 'vitest'
import { findingOf, proposeForFiles, proposeForFolder } from '../../../../../test/support/propose-fix.ts'
import fixer from './index.ts'

const repeated = (sql: string) =>
  findingOf({
    ...{ probe: 'query-count', subject: 'GET /authors' },
    evidence: [
      {
        ...{ kind: 'statements', title: 'Ran 20 times' },
        statements: [
          {
            ...{ connection: 1, sql, shape: sql, parameters: ['1'], atMs: 1, durationMs: 1, rows: 1 },
            transaction: 'I',
          },
        ],
      },
    ],
  })

const books = repeated('SELECT title FROM books WHERE author_id = $1 ORDER BY id')
const lines = repeated(
  'SELECT count(*)::int AS lines, sum(cents)::int AS cents FROM lines WHERE invoice_id = $1',
)
const seats = repeated('SELECT * FROM seats WHERE venue_id = $1')

test('one statement for all keys, and the rows by their key', async () => {
  expect(await proposeForFolder(fixer, 'specimens/koa/query-count/broken', books)).toMatchInlineSnapshot(`
    "--- a/server.js
    +++ b/server.js
    @@ -16,8 +16,11 @@
       const { rows: authors } = await pool.query('SELECT id, name FROM authors ORDER BY id LIMIT $1', [
         readLimit(ctx),
       ])
    +  const found = await pool.query('SELECT title, author_id FROM books WHERE author_id = ANY($1) ORDER BY id', [authors.map((author) => author.id)])
    +  const grouped = new Map(authors.map((author) => [String(author.id), []]))
    +  for (const one of found.rows) grouped.get(String(one.author_id)).push(one)
       for (const author of authors) {
    -    const { rows } = await pool.query('SELECT title FROM books WHERE author_id = $1 ORDER BY id', [author.id])
    +    const rows = grouped.get(String(author.id))
         author.books = rows.map((row) => row.title)
       }
       ctx.body = authors
    "
  `)
})

test('counts and sums', async () => {
  expect(
    await proposeForFolder(fixer, 'specimens/nestjs/load-line-n-plus-one/broken', lines),
  ).toMatchInlineSnapshot(`
    "--- a/src/invoices.service.ts
    +++ b/src/invoices.service.ts
    @@ -9,11 +9,11 @@
         const { rows: invoices } = await this.database.pool.query(
           'SELECT id, customer FROM invoices ORDER BY id DESC LIMIT 60',
         )
    +    const found = await this.database.pool.query('SELECT count(*)::int AS lines, sum(cents)::int AS cents, invoice_id FROM lines WHERE invoice_id = ANY($1) GROUP BY invoice_id', [invoices.map((invoice) => invoice.id)])
    +    const grouped = new Map<string, typeof found.rows>(invoices.map((invoice) => [String(invoice.id), []]))
    +    for (const one of found.rows) grouped.get(String(one.invoice_id))?.push(one)
         for (const invoice of invoices) {
    -      const { rows } = await this.database.pool.query(
    -        'SELECT count(*)::int AS lines, sum(cents)::int AS cents FROM lines WHERE invoice_id = $1',
    -        [invoice.id],
    -      )
    +      const rows = [(grouped.get(String(invoice.id)) ?? []).map(({ invoice_id: _, ...row }) => row)[0] ?? { lines: 0, cents: null }]
           Object.assign(invoice, rows[0])
         }
         return invoices
    "
  `)
})

test('a list that is mapped', async () => {
  const venues = `const { query } = require("./db");

exports.list = async () => {
  const venues = await all();
  return Promise.all(
    venues.map(async (venue) => ({ ...venue, seats: (await query("SELECT * FROM seats WHERE venue_id = $1", [venue.id])).rows })),
  );
};
`
  expect(await proposeForFiles(fixer, { 'venues.js': venues }, seats)).toMatchInlineSnapshot(`
    "--- a/venues.js
    +++ b/venues.js
    @@ -2,7 +2,10 @@
     
     exports.list = async () => {
       const venues = await all();
    +  const found = await query("SELECT * FROM seats WHERE venue_id = ANY($1)", [venues.map((venue) => venue.id)]);
    +  const grouped = new Map(venues.map((venue) => [String(venue.id), []]));
    +  for (const one of found.rows) grouped.get(String(one.venue_id)).push(one);
       return Promise.all(
    -    venues.map(async (venue) => ({ ...venue, seats: (await query("SELECT * FROM seats WHERE venue_id = $1", [venue.id])).rows })),
    +    venues.map(async (venue) => ({ ...venue, seats: grouped.get(String(venue.id)) })),
       );
     };
    "
  `)
  const whole = venues.replace('SELECT *', 'SELECT row, number')
  const some = repeated('SELECT row, number FROM seats WHERE venue_id = $1')
  expect(await proposeForFiles(fixer, { 'venues.js': whole }, some)).toMatchInlineSnapshot(`
    "--- a/venues.js
    +++ b/venues.js
    @@ -2,7 +2,10 @@
     
     exports.list = async () => {
       const venues = await all();
    +  const found = await query("SELECT row, number, venue_id FROM seats WHERE venue_id = ANY($1)", [venues.map((venue) => venue.id)]);
    +  const grouped = new Map(venues.map((venue) => [String(venue.id), []]));
    +  for (const one of found.rows) grouped.get(String(one.venue_id)).push(one);
       return Promise.all(
    -    venues.map(async (venue) => ({ ...venue, seats: (await query("SELECT row, number FROM seats WHERE venue_id = $1", [venue.id])).rows })),
    +    venues.map(async (venue) => ({ ...venue, seats: grouped.get(String(venue.id)).map(({ venue_id: _, ...row }) => row) })),
       );
     };
    "
  `)
})

const SEATS =
  'CREATE TABLE venues (id int PRIMARY KEY);\nCREATE TABLE seats (id int PRIMARY KEY, venue_id int, row text);'

const inLoop = (sql: string, values: string, use = 'venue.seats = rows') =>
  proposeForFiles(
    fixer,
    {
      'schema.sql': SEATS,
      'app.js': `const load = async (venues, row) => {\n  for (const venue of venues) {\n    const { rows } = await pool.query('${sql}', [${values}])\n    ${use}\n  }\n}\n`,
    },
    repeated(sql),
  )

const sentIn = (diff: string) =>
  diff
    .split('\n')
    .filter((line) => /^\+.*(?:query\(|LATERAL|SELECT|AS each|\[venues|\brow\])/.test(line))
    .map((line) => line.slice(1).trim())
    .join('\n')

test('a second parameter that is the same for all', async () => {
  const sql = 'SELECT id FROM seats WHERE row = $1 AND venue_id = $2'
  expect(sentIn(await inLoop(sql, 'row, venue.id'))).toBe(
    "const found = await pool.query('SELECT id, venue_id FROM seats WHERE row = $1 AND venue_id = ANY($2)', [row, venues.map((venue) => venue.id)])",
  )
})

test('each gets what it would get alone, where rows are limited or several parameters are its own', async () => {
  const limited = 'SELECT id FROM seats WHERE venue_id = $1 ORDER BY id DESC LIMIT 3'
  expect(sentIn(await inLoop(limited, 'venue.id'))).toMatchInlineSnapshot(`
    "const found = await pool.query(
    \`SELECT asked.nth::int, each.* FROM unnest($1::int[]) WITH ORDINALITY AS asked (p1, nth)
    CROSS JOIN LATERAL (
    SELECT id FROM seats WHERE venue_id = asked.p1 ORDER BY id DESC LIMIT 3
    ) AS each\`,
    [venues.map((venue) => venue.id)],"
  `)
  const several = 'SELECT count(*) AS free FROM seats WHERE venue_id = $1 AND row <> $2 AND id > $3'
  expect(sentIn(await inLoop(several, 'venue.id, row, venue.last'))).toMatchInlineSnapshot(`
    "const found = await pool.query(
    \`SELECT asked.nth::int, each.* FROM unnest($1::int[], $3::int[]) WITH ORDINALITY AS asked (p1, p3, nth)
    CROSS JOIN LATERAL (
    SELECT count(*) AS free FROM seats WHERE venue_id = asked.p1 AND row <> $2 AND id > asked.p3
    ) AS each\`,
    [venues.map((venue) => venue.id), row, venues.map((venue) => venue.last)],"
  `)
})

test('nothing where a value changes on the way, its type is not known, or more is used than rows', async () => {
  const sql = 'SELECT id FROM seats WHERE venue_id = $1 AND row = $2'
  expect(await inLoop(sql, 'venue.id, row', "row += 'x'")).toBe('')
  expect(await inLoop(sql, 'venue.id, next()')).toBe('')
  expect(
    await inLoop('SELECT id FROM seats WHERE venue_id = $1 AND size = $2 LIMIT 1', 'venue.id, venue.size'),
  ).toBe('')
  expect(await inLoop('SELECT id FROM seats WHERE venue_id = $1 LIMIT 1 FOR UPDATE', 'venue.id')).toBe('')
  expect(
    await inLoop('SELECT extract(year FROM at) AS y FROM seats WHERE venue_id = $1', 'venue.name'),
  ).toContain('LATERAL')
})

test('nothing where the rows could not be told apart, or it is no such loop', async () => {
  expect(await proposeForFolder(fixer, 'specimens/koa/query-count/fixed', books)).toBe('')
  const offered = (sql: string, body = "await pool.query('SQL', [author.id])") =>
    proposeForFiles(
      fixer,
      {
        'app.js': `const load = async (authors) => {\n  for (const author of authors) {\n    const { rows } = ${body.replace('SQL', sql)}\n    author.books = rows.length\n  }\n}\n`,
      },
      repeated(sql),
    )
  expect(await offered('SELECT title FROM books WHERE author_id = $1')).not.toBe('')
  expect(await offered('SELECT title FROM books WHERE author_id = $1 LIMIT 3')).toBe('')
  expect(await offered('SELECT title FROM books WHERE author_id = $1 OR shared')).toBe('')
  expect(await offered('SELECT max(id) + 1 AS next FROM books WHERE author_id = $1')).toBe('')
  expect(await offered('SELECT b.id AS author_id FROM books WHERE author_id = $1')).toBe('')
  const sql = 'SELECT title FROM books WHERE author_id = $1'
  expect(await offered(sql, "await pool.query('SQL', [author.id + 1])")).toBe('')
  expect(
    await offered(sql, "await pool.query('SQL', [author.id]); await pool.query('DELETE FROM books')"),
  ).toBe('')
})
