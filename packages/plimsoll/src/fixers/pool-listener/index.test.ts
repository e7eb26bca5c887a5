import { expect, test } from 'vitest'
import { findingOf, proposeForFiles, proposeForFolder } from '../../../../../test/support/propose-fix.ts'
import fixer from './index.ts'

const SPECIMEN = 'specimens/express/crash-on-store-loss'

const survival = findingOf({
  probe: 'crash-on-store-loss',
  subject: 'postgres: survival',
  title: 'The process dies when the database restarts',
})
const inUse = findingOf({
  probe: 'store-errors',
  subject: 'postgres: process after an error',
  title: 'A connection lost in the middle of a request ends the process',
})

test('a pool gets a listener', async () => {
  expect(await proposeForFolder(fixer, `${SPECIMEN}/broken`, survival)).toMatchInlineSnapshot(`
    "--- a/server.js
    +++ b/server.js
    @@ -2,6 +2,7 @@
     import pg from 'pg'
     
     const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL })
    +pool.on('error', (error) => console.error('idle connection lost:', error.message))
     
     const app = express()
     app.use(express.json())
    "
  `)
})

test('nothing for a pool that has one, and for other subjects', async () => {
  expect(await proposeForFolder(fixer, `${SPECIMEN}/fixed`, survival)).toBe('')
  const answers = { ...survival, subject: 'postgres: answers during the outage' }
  expect(await proposeForFolder(fixer, `${SPECIMEN}/broken`, answers)).toBe('')
})

test('connections in use get listeners, too', async () => {
  const db =
    'const { Pool } = require("pg");\nconst logger = require("./logger");\n\nexports.pool = new Pool();\n\nlogger.error("never");\n'
  expect(await proposeForFiles(fixer, { 'src/db.js': db }, inUse)).toMatchInlineSnapshot(`
    "--- a/src/db.js
    +++ b/src/db.js
    @@ -2,5 +2,9 @@
     const logger = require("./logger");
     
     exports.pool = new Pool();
    +exports.pool.on("error", (error) => logger.error("idle connection lost:", error.message));
    +exports.pool.on("connect", (client) => {
    +  client.on("error", (error) => logger.error("connection lost:", error.message));
    +});
     
     logger.error("never");
    "
  `)
})

test('a pool in a class is listened to from its constructor', async () => {
  const database = `import { Pool } from 'pg'

export class Database {
\tprivate readonly pool = new Pool({ max: 4 })

\tclose() {
\t\treturn this.pool.end()
\t}
}
`
  expect(await proposeForFiles(fixer, { 'src/database.ts': database }, survival)).toMatchInlineSnapshot(`
    "--- a/src/database.ts
    +++ b/src/database.ts
    @@ -3,6 +3,10 @@
     export class Database {
     	private readonly pool = new Pool({ max: 4 })
     
    +	constructor() {
    +		this.pool.on('error', (error) => console.error('idle connection lost:', error.message))
    +	}
    +
     	close() {
     		return this.pool.end()
     	}
    "
  `)
  const child = database.replace('class Database', 'class Database extends Base')
  expect(await proposeForFiles(fixer, { 'src/database.ts': child }, survival)).toBe('')
})

test('nothing where somebody listens in another file, and for pools of scripts', async () => {
  const db = "import pg from 'pg'\nexport const pool = new pg.Pool()\n"
  const server = "import { pool } from './db.js'\npool.on('error', report)\n"
  expect(await proposeForFiles(fixer, { 'db.js': db, 'server.js': server }, survival)).toBe('')
  expect(await proposeForFiles(fixer, { 'scripts/seed.js': db }, survival)).toBe('')
})

test('what is added stands below what is there', async () => {
  const db = "import pg from 'pg'\nconst pool = new pg.Pool()\npool.on('error', report)\nrun()\n"
  const added = await proposeForFiles(fixer, { 'db.js': db }, inUse)
  expect(added).toContain(" pool.on('error', report)\n+pool.on('connect', (client) => {\n")
})
