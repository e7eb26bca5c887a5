import { expect, test } from 'vitest'
import { findingOf, proposeForFiles, proposeForFolder } from '../../../../../test/support/propose-fix.ts'
import fixer from './index.ts'

const slow = findingOf({ probe: 'slow-store', subject: 'postgres: affected requests' })
const waiting = findingOf({ probe: 'store-errors', subject: 'postgres: requests that wait for a connection' })

test('a pool without limits gets them', async () => {
  expect(await proposeForFolder(fixer, 'specimens/fastify/slow-store/broken', slow)).toMatchInlineSnapshot(`
    "--- a/server.js
    +++ b/server.js
    @@ -1,7 +1,12 @@
     import Fastify from 'fastify'
     import pg from 'pg'
     
    -const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL })
    +const pool = new pg.Pool({
    +  connectionString: process.env.DATABASE_URL,
    +  connectionTimeoutMillis: 2000,
    +  statement_timeout: 3000,
    +  query_timeout: 3000,
    +})
     pool.on('error', (error) => console.error('idle connection lost:', error.message))
     
     const app = Fastify({ logger: { level: 'warn' } })
    "
  `)
})

test('only the wait for a connection, where that is what hangs', async () => {
  expect(
    await proposeForFolder(fixer, 'specimens/koa/store-errors-pool-wait/broken', waiting),
  ).toMatchInlineSnapshot(`
    "--- a/server.js
    +++ b/server.js
    @@ -7,6 +7,7 @@
       connectionString: process.env.DATABASE_URL,
       max: 5,
       query_timeout: 30000,
    +  connectionTimeoutMillis: 2000,
     })
     pool.on('error', (error) => console.error('database:', error.message))
     
    "
  `)
})

test('nothing where every wait is bounded, and for other subjects', async () => {
  expect(await proposeForFolder(fixer, 'specimens/fastify/slow-store/fixed', slow)).toBe('')
  const recovery = { ...slow, subject: 'postgres: recovery from slowness' }
  expect(await proposeForFolder(fixer, 'specimens/fastify/slow-store/broken', recovery)).toBe('')
})

test('options of elsewhere are kept, and a limit that is none is set right', async () => {
  const files = {
    'src/db.ts': `import { Pool } from "pg";
import { settings } from "./settings";

const options = {
    max: 4,
    query_timeout: 60_000,
};
export const reports = new Pool(settings.reports);
export const pool = new Pool(options);
export const plain = new Pool();
`,
  }
  expect(await proposeForFiles(fixer, files, slow)).toMatchInlineSnapshot(`
    "--- a/src/db.ts
    +++ b/src/db.ts
    @@ -3,8 +3,9 @@
     
     const options = {
         max: 4,
    -    query_timeout: 60_000,
    +    query_timeout: 3000,
    +    connectionTimeoutMillis: 2000,
     };
    -export const reports = new Pool(settings.reports);
    +export const reports = new Pool({ ...settings.reports, connectionTimeoutMillis: 2000, statement_timeout: 3000, query_timeout: 3000 });
     export const pool = new Pool(options);
    -export const plain = new Pool();
    +export const plain = new Pool({ connectionTimeoutMillis: 2000, statement_timeout: 3000, query_timeout: 3000 });
    "
  `)
})

test('nothing for a pool of another package', async () => {
  const db = "import { Pool } from 'mysql2'\nexport const pool = new Pool({ max: 3 })\n"
  expect(await proposeForFiles(fixer, { 'db.js': db }, slow)).toBe('')
})
