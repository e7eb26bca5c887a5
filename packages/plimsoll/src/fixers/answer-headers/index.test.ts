import { expect, test } from 'vitest'
import { findingOf, proposeForFiles, proposeForFolder } from '../../../../../test/support/propose-fix.ts'
import fixer from './index.ts'

const SPECIMEN = 'specimens/fastify/security-headers/broken'

const sniffing = findingOf({ probe: 'security-headers', subject: 'X-Content-Type-Options' })
const framing = findingOf({ probe: 'security-headers', subject: 'HTML pages' })
const telling = findingOf({ probe: 'security-headers', subject: 'X-Powered-By' })

test('a hook sends it', async () => {
  expect(await proposeForFolder(fixer, SPECIMEN, sniffing)).toMatchInlineSnapshot(`
    "--- a/server.js
    +++ b/server.js
    @@ -7,6 +7,10 @@
     
     const app = Fastify({ logger: { level: 'warn' } })
     
    +app.addHook('onSend', async (_request, reply) => {
    +  reply.header('x-content-type-options', 'nosniff')
    +})
    +
     app.addHook('onSend', async (_req, reply) => {
       reply.header('x-powered-by', 'Fastify/5 Node/20')
     })
    "
  `)
})

test('what says too much is not sent', async () => {
  expect(await proposeForFolder(fixer, SPECIMEN, telling)).toMatchInlineSnapshot(`
    "--- a/server.js
    +++ b/server.js
    @@ -8,7 +8,6 @@
     const app = Fastify({ logger: { level: 'warn' } })
     
     app.addHook('onSend', async (_req, reply) => {
    -  reply.header('x-powered-by', 'Fastify/5 Node/20')
     })
     
     app.get('/', async (_req, reply) => {
    "
  `)
})

test('a second header stands beside the first', async () => {
  const app = `const express = require("express");

const app = express();
app.use((req, res, next) => {
    res.setHeader("X-Content-Type-Options", "nosniff");
    next();
});
app.get("/", page);
`
  expect(await proposeForFiles(fixer, { 'app.js': app }, framing)).toMatchInlineSnapshot(`
    "--- a/app.js
    +++ b/app.js
    @@ -3,6 +3,7 @@
     const app = express();
     app.use((req, res, next) => {
         res.setHeader("X-Content-Type-Options", "nosniff");
    +    res.setHeader("content-security-policy", "frame-ancestors 'self'");
         next();
     });
     app.get("/", page);
    "
  `)
  expect(await proposeForFiles(fixer, { 'app.js': app }, telling)).toMatchInlineSnapshot(`
    "--- a/app.js
    +++ b/app.js
    @@ -1,6 +1,7 @@
     const express = require("express");
     
     const app = express();
    +app.disable("x-powered-by");
     app.use((req, res, next) => {
         res.setHeader("X-Content-Type-Options", "nosniff");
         next();
    "
  `)
})

test('NestJS and Koa', async () => {
  const main = `import { NestFactory } from '@nestjs/core'

async function start() {
  const app = await NestFactory.create(AppModule)
  await app.listen(3000)
}
`
  expect(await proposeForFiles(fixer, { 'src/main.ts': main }, sniffing)).toMatchInlineSnapshot(`
    "--- a/src/main.ts
    +++ b/src/main.ts
    @@ -2,5 +2,11 @@
     
     async function start() {
       const app = await NestFactory.create(AppModule)
    +
    +  app.use((_request: unknown, response: { setHeader(name: string, value: string): void }, next: () => void) => {
    +    response.setHeader('x-content-type-options', 'nosniff')
    +    next()
    +  })
    +
       await app.listen(3000)
     }
    "
  `)
  const koa = "import Koa from 'koa'\nconst app = new Koa()\n"
  expect(await proposeForFiles(fixer, { 'app.js': koa }, sniffing)).toMatchInlineSnapshot(`
    "--- a/app.js
    +++ b/app.js
    @@ -1,2 +1,7 @@
     import Koa from 'koa'
     const app = new Koa()
    +
    +app.use(async (ctx, next) => {
    +  ctx.set('x-content-type-options', 'nosniff')
    +  await next()
    +})
    "
  `)
})

test('nothing where there are two apps, where it is off, and for other subjects', async () => {
  const app = "import Koa from 'koa'\nconst app = new Koa()\n"
  expect(await proposeForFiles(fixer, { 'a.js': app, 'b.js': app }, sniffing)).toBe('')
  expect(await proposeForFolder(fixer, 'specimens/express/cookie-flags/broken', telling)).toBe('')
  const reads = { ...sniffing, subject: 'cross-origin reads' }
  expect(await proposeForFolder(fixer, SPECIMEN, reads)).toBe('')
})
