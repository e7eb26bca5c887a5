import { expect, test } from 'vitest'
import { findingOf, proposeForFiles, proposeForFolder } from '../../../../../test/support/propose-fix.ts'
import fixer from './index.ts'

const raced = (read: string, write: string) =>
  findingOf({
    ...{ probe: 'race', subject: 'POST /polls/:id/votes × itself' },
    evidence: [{ kind: 'text', title: 'Read, then written', text: `${read}\n${write}` }],
  })

const votes = raced(
  'SELECT id FROM votes WHERE poll_id = $1 AND voter = $2',
  'INSERT INTO votes (poll_id, voter) VALUES ($1, $2)',
)
const users = raced(
  `SELECT "id", "email" FROM "users" AS "user" WHERE "user"."email" = 'a@example.com' LIMIT 1`,
  'INSERT INTO "users" ("id","email","name") VALUES (DEFAULT,$1,$2) RETURNING "id","email","name";',
)
const legs = findingOf({
  ...{ probe: 'growth', subject: 'GET /voyages' },
  repairs: ['CREATE INDEX ON legs (voyage_id);'],
})

test('what was looked for before it was added is unique, and a second one is a conflict', async () => {
  expect(
    await proposeForFolder(fixer, 'specimens/fastify/race-vote-limit/broken', votes),
  ).toMatchInlineSnapshot(`
    "--- a/server.js
    +++ b/server.js
    @@ -39,6 +39,7 @@
     })
     
     app.setErrorHandler((error, req, reply) => {
    +  if (error.code === '23505') return reply.code(409).send({ error: 'it is there already' })
       if (error.code === '23503') return reply.code(404).send({ error: 'no such poll' })
       if (error.statusCode < 500) return reply.code(error.statusCode).send({ error: error.message })
       req.log.error(error)
    --- /dev/null
    +++ b/migrations/002_votes_poll_id_voter_key.sql
    @@ -0,0 +1 @@
    +CREATE UNIQUE INDEX votes_poll_id_voter_key ON votes (poll_id, voter);
    "
  `)
  expect(
    await proposeForFolder(fixer, 'specimens/express/race-duplicate-user/broken', users),
  ).toMatchInlineSnapshot(`
    "--- a/server.js
    +++ b/server.js
    @@ -34,6 +34,7 @@
     })
     
     app.use((error, _req, res, _next) => {
    +  if (error.original?.code === '23505') return res.status(409).json({ error: 'it is there already' })
       if (error.name === 'SequelizeValidationError') return res.status(400).json({ error: error.message })
       if (error.expose) return res.status(error.status).json({ error: error.message })
       console.error(error.message)
    --- /dev/null
    +++ b/migrations/002_users_email_key.sql
    @@ -0,0 +1 @@
    +CREATE UNIQUE INDEX users_email_key ON users (email);
    "
  `)
})

test('an index that a finding names', async () => {
  expect(
    await proposeForFolder(fixer, 'specimens/express/growth-missing-index/broken', legs),
  ).toMatchInlineSnapshot(`
    "--- /dev/null
    +++ b/migrations/002_legs_voyage_id_idx.sql
    @@ -0,0 +1 @@
    +CREATE INDEX legs_voyage_id_idx ON legs (voyage_id);
    "
  `)
})

test('the next migration is like the last one', async () => {
  const sql = 'CREATE TABLE users (email text, gone_at timestamptz);\n'
  const open = raced(
    'SELECT 1 FROM users WHERE lower(email) = lower($1) AND gone_at IS NULL',
    'INSERT INTO users (email) VALUES ($1)',
  )
  const offered = (file: string, text: string) => proposeForFiles(fixer, { [file]: text }, open)
  expect(
    await offered('db/migrate/20260101120000_users.sql', `-- migrate:up\n${sql}`),
  ).toMatchInlineSnapshot(`
    "--- /dev/null
    +++ b/db/migrate/20260101120001_users_lower_email_key.sql
    @@ -0,0 +1,5 @@
    +-- migrate:up
    +CREATE UNIQUE INDEX users_lower_email_key ON users (lower(email)) WHERE gone_at IS NULL;
    +
    +-- migrate:down
    +DROP INDEX users_lower_email_key;
    "
  `)
  const script = 'exports.up = (knex) => knex.schema.createTable("users", (table) => table.text("email"));\n'
  expect(await offered('migrations/20260101_users.js', script)).toMatchInlineSnapshot(`
    "--- /dev/null
    +++ b/migrations/20260102_users_lower_email_key.js
    @@ -0,0 +1,3 @@
    +exports.up = (knex) => knex.raw('CREATE UNIQUE INDEX users_lower_email_key ON users (lower(email)) WHERE gone_at IS NULL;')
    +
    +exports.down = (knex) => knex.raw('DROP INDEX users_lower_email_key;')
    "
  `)
  expect(await offered('src/migrations/V2__users.sql', sql)).toContain(
    '+++ b/src/migrations/V3__users_lower_email',
  )
})

test('nothing for counts, ranges, other tables, and migrations without a number', async () => {
  const files = { 'migrations/001_all.sql': 'SELECT 1;\n' }
  const offered = (read: string, write = 'INSERT INTO votes (poll_id) VALUES ($1)') =>
    proposeForFiles(fixer, files, raced(read, write))
  expect(await offered('SELECT id FROM votes WHERE poll_id = $1')).not.toBe('')
  expect(await offered('SELECT count(*) FROM votes WHERE poll_id = $1')).toBe('')
  expect(await offered('SELECT id FROM votes WHERE from_day <= $1 AND poll_id = $2')).toBe('')
  expect(await offered('SELECT id FROM votes WHERE poll_id = $1 OR voter = $2')).toBe('')
  expect(await offered('SELECT id FROM votes WHERE poll_id = $1', 'UPDATE votes SET poll_id = $1')).toBe('')
  expect(await proposeForFiles(fixer, { 'migrations/all.sql': 'SELECT 1;\n' }, votes)).toBe('')
  expect(await proposeForFiles(fixer, files, { ...legs, repairs: ['Page the list.'] })).toBe('')
})
