import { expect, test } from 'vitest'
import { findingOf, proposeForFiles, proposeForFolder } from '../../../../../test/support/propose-fix.ts'
import fixer from './index.ts'

const lost = findingOf({ probe: 'graceful-shutdown', subject: 'SIGTERM: request in flight' })

test('Express keeps its server, and closes it', async () => {
  expect(
    await proposeForFolder(fixer, 'specimens/express/graceful-shutdown/broken', lost),
  ).toMatchInlineSnapshot(`
    "--- a/server.js
    +++ b/server.js
    @@ -36,4 +36,12 @@
       res.status(503).json({ error: 'try again shortly' })
     })
     
    -app.listen(Number(process.env.PORT ?? 3000))
    +const server = app.listen(Number(process.env.PORT ?? 3000))
    +
    +process.once('SIGTERM', () => {
    +  setTimeout(() => process.exit(1), 10_000).unref()
    +  server.close(async () => {
    +    await pool.end()
    +    process.exit(0)
    +  })
    +})
    "
  `)
})

test('a handler that only exits closes first', async () => {
  expect(
    await proposeForFolder(fixer, 'specimens/fastify/graceful-shutdown/broken', lost),
  ).toMatchInlineSnapshot(`
    "--- a/server.js
    +++ b/server.js
    @@ -22,8 +22,9 @@
       return rows[0]
     })
     
    -process.on('SIGTERM', () => {
    +process.on('SIGTERM', async () => {
       console.log('bye')
    +  await app.close()
       process.exit(0)
     })
     
    "
  `)
})

test('the app is made in one file and listens in another', async () => {
  expect(await proposeForFolder(fixer, 'examples/booking', lost)).toMatchInlineSnapshot(`
    "--- a/src/server.js
    +++ b/src/server.js
    @@ -1,5 +1,6 @@
     import { buildApp } from './app.js'
     import { config } from './config.js'
    +import { pool } from './db.js'
     
     const app = buildApp()
     
    @@ -9,3 +10,10 @@
       app.log.error(error)
       process.exit(1)
     }
    +
    +process.once('SIGTERM', async () => {
    +  setTimeout(() => process.exit(1), 10_000).unref()
    +  await app.close()
    +  await pool.end()
    +  process.exit(0)
    +})
    "
  `)
})

test('modules that are required, and a function that starts it all', async () => {
  const files = {
    'src/app.js': `const Koa = require('koa');

const app = new Koa();

module.exports = app;
`,
    'src/index.js': `const http = require('http');
const app = require('./app');
const db = require('./db');

function main() {
  const server = http.createServer(app.callback());
  server.listen(3000, () => {
    console.log('ready');
  });
}

main();
`,
    'src/db.js': `const { Pool } = require('pg');

const pool = new Pool({ max: 4 });

module.exports = { query: (sql, values) => pool.query(sql, values) };
`,
  }
  expect(await proposeForFiles(fixer, files, lost)).toMatchInlineSnapshot(`
    "--- a/src/index.js
    +++ b/src/index.js
    @@ -1,11 +1,20 @@
     const http = require('http');
     const app = require('./app');
     const db = require('./db');
    +const { pool } = require('./db');
     
     function main() {
       const server = http.createServer(app.callback());
       server.listen(3000, () => {
         console.log('ready');
    +  });
    +
    +  process.once('SIGTERM', () => {
    +    setTimeout(() => process.exit(1), 10_000).unref();
    +    server.close(async () => {
    +      await pool.end();
    +      process.exit(0);
    +    });
       });
     }
     
    --- a/src/db.js
    +++ b/src/db.js
    @@ -2,4 +2,4 @@
     
     const pool = new Pool({ max: 4 });
     
    -module.exports = { query: (sql, values) => pool.query(sql, values) };
    +module.exports = { query: (sql, values) => pool.query(sql, values), pool };
    "
  `)
})

test('NestJS has hooks for it', async () => {
  const main = `import { NestFactory } from '@nestjs/core'
import { AppModule } from './app.module'

async function start() {
  const app = await NestFactory.create(AppModule)
  await app.listen(3000)
}

void start()
`
  expect(await proposeForFiles(fixer, { 'src/main.ts': main }, lost)).toMatchInlineSnapshot(`
    "--- a/src/main.ts
    +++ b/src/main.ts
    @@ -3,6 +3,7 @@
     
     async function start() {
       const app = await NestFactory.create(AppModule)
    +  app.enableShutdownHooks()
       await app.listen(3000)
     }
     
    "
  `)
  expect(await proposeForFolder(fixer, 'specimens/nestjs/health-truth/broken', lost)).toBe('')
})

test('nothing where it is done, where a handler does more, and where there are two apps', async () => {
  expect(await proposeForFolder(fixer, 'specimens/express/graceful-shutdown/fixed', lost)).toBe('')
  expect(await proposeForFolder(fixer, 'specimens/fastify/graceful-shutdown/fixed', lost)).toBe('')
  const app = "import express from 'express'\nconst app = express()\napp.listen(3000)\n"
  expect(await proposeForFiles(fixer, { 'a.js': app, 'b.js': app }, lost)).toBe('')
})
