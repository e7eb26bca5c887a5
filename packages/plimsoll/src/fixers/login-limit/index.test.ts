import { expect, test } from 'vitest'
import { findingOf, proposeForFiles, proposeForFolder } from '../../../../../test/support/propose-fix.ts'
import fixer from './index.ts'

const guessed = findingOf({
  ...{ probe: 'authentication', subject: 'POST /login: throttle', standard: 'security.limits' },
  evidence: [
    {
      ...{ kind: 'exchange', title: 'The first of 30 wrong passwords' },
      exchange: {
        ...{
          method: 'POST',
          path: '/login',
          requestHeaders: {},
          headers: {},
          body: '',
          atMs: 0,
          durationMs: 1,
        },
        ...{ status: 401, requestBody: '{"email":"a@example.com","password":"wrong"}' },
      },
    },
  ],
})

const SPECIMEN = 'specimens/fastify/authentication-no-throttle'

test('a hook of the route, and a module that counts', async () => {
  expect(await proposeForFolder(fixer, `${SPECIMEN}/broken`, guessed)).toMatchInlineSnapshot(`
    "--- a/server.js
    +++ b/server.js
    @@ -2,6 +2,7 @@
     import cookie from '@fastify/cookie'
     import Fastify from 'fastify'
     import { hash, matches } from './passwords.js'
    +import { limitLogins } from './login-limit.js'
     
     const users = new Map()
     const sessions = new Map()
    @@ -36,7 +37,7 @@
       return reply.code(201).send({ email })
     })
     
    -app.post('/login', { schema: credentials }, async (req, reply) => {
    +app.post('/login', { schema: credentials, preHandler: limitLogins }, async (req, reply) => {
       const { email, password } = req.body
       const user = users.get(email)
       if (!matches(password, user?.password ?? nobody) || !user) {
    --- /dev/null
    +++ b/login-limit.js
    @@ -0,0 +1,52 @@
    +const WINDOW_MS = 15 * 60_000
    +const MOST_KEPT = 10_000
    +const MOST_PER_ACCOUNT = 10
    +const MOST_PER_ADDRESS = 300
    +
    +/** Attempts by account and by address; the oldest are forgotten first. */
    +const attempts = new Map()
    +
    +const keysOf = (body, address) => {
    +  const account = body?.email
    +  const keys = [{ key: \`address \${address}\`, most: MOST_PER_ADDRESS }]
    +  if (typeof account === 'string')
    +    keys.push({ key: \`account \${account.trim().toLowerCase()}\`, most: MOST_PER_ACCOUNT })
    +  return keys
    +}
    +
    +const openAt = (key, now) => {
    +  const known = attempts.get(key)
    +  return known !== undefined && known.untilMs > now ? known : { count: 0, untilMs: now + WINDOW_MS }
    +}
    +
    +/** Seconds until the next attempt is allowed; 0 when this one is, which is counted then. */
    +const takeTurn = (keys) => {
    +  const now = Date.now()
    +  const full = keys.map(({ key, most }) => ({ most, ...openAt(key, now) })).filter(({ count, most }) => count >= most)
    +  if (full.length > 0) return Math.ceil(Math.max(...full.map(({ untilMs }) => untilMs - now)) / 1000)
    +  for (const { key } of keys) {
    +    const { count, untilMs } = openAt(key, now)
    +    attempts.delete(key)
    +    attempts.set(key, { count: count + 1, untilMs })
    +  }
    +  for (const oldest of attempts.keys()) {
    +    if (attempts.size <= MOST_KEPT) break
    +    attempts.delete(oldest)
    +  }
    +  return 0
    +}
    +
    +/** Whoever got in is not held back by what was tried before, and was no attempt of the address. */
    +const forgetSuccess = ([address, account], status) => {
    +  if (status >= 400) return
    +  if (account !== undefined) attempts.delete(account.key)
    +  const known = attempts.get(address.key)
    +  if (known !== undefined && known.count > 0) attempts.set(address.key, { ...known, count: known.count - 1 })
    +}
    +
    +export const limitLogins = async (request, reply) => {
    +  const keys = keysOf(request.body, request.ip)
    +  const waitSeconds = takeTurn(keys)
    +  if (waitSeconds > 0) return reply.code(429).header('retry-after', String(waitSeconds)).send({ error: 'too many attempts: try again later' })
    +  reply.raw.on('finish', () => forgetSuccess(keys, reply.statusCode))
    +}
    "
  `)
})

const placed = async (app: string) =>
  (await proposeForFiles(fixer, { 'src/app.js': app }, guessed)).split('\n--- ')[0]

test('a middleware of Express and Koa, and a hook before another one', async () => {
  const express = `const express = require("express");

const app = express();
app.post("/login", express.json(), async (req, res) => {
  res.json(await login(req.body));
});
`
  expect(await placed(express)).toMatchInlineSnapshot(`
    "--- a/src/app.js
    +++ b/src/app.js
    @@ -1,6 +1,7 @@
     const express = require("express");
    +const { limitLogins } = require("./login-limit");
     
     const app = express();
    -app.post("/login", express.json(), async (req, res) => {
    +app.post("/login", express.json(), limitLogins, async (req, res) => {
       res.json(await login(req.body));
     });"
  `)
  const koa = `import Router from '@koa/router'
import Koa from 'koa'

const app = new Koa()
const router = new Router()
router.post('/login', async (ctx) => {
  ctx.body = await login(ctx.request.body)
})
`
  expect(await placed(koa)).toMatchInlineSnapshot(`
    "--- a/src/app.js
    +++ b/src/app.js
    @@ -1,8 +1,9 @@
     import Router from '@koa/router'
     import Koa from 'koa'
    +import { limitLogins } from './login-limit.js'
     
     const app = new Koa()
     const router = new Router()
    -router.post('/login', async (ctx) => {
    +router.post('/login', limitLogins, async (ctx) => {
       ctx.body = await login(ctx.request.body)
     })"
  `)
  const fastify = `import Fastify from 'fastify'

const app = Fastify()
app.post('/login', { preHandler: checkOrigin }, async (request) => login(request.body))
`
  expect(await placed(fastify)).toMatchInlineSnapshot(`
    "--- a/src/app.js
    +++ b/src/app.js
    @@ -1,4 +1,5 @@
     import Fastify from 'fastify'
    +import { limitLogins } from './login-limit.js'
     
     const app = Fastify()
    -app.post('/login', { preHandler: checkOrigin }, async (request) => login(request.body))
    +app.post('/login', { preHandler: [limitLogins, checkOrigin] }, async (request) => login(request.body))"
  `)
})

test('nothing for what is limited, for TypeScript, and for other subjects', async () => {
  const { subject: _, ...rest } = guessed
  expect(
    await proposeForFolder(fixer, `${SPECIMEN}/broken`, { ...rest, subject: 'POST /login: enumeration' }),
  ).toBe('')
  const app = "import Fastify from 'fastify'\nconst app = Fastify()\napp.post('/login', async () => null)\n"
  expect(await proposeForFiles(fixer, { 'app.ts': app }, guessed)).toBe('')
  expect(await proposeForFiles(fixer, { 'app.js': app, 'login-limit.js': '' }, guessed)).toBe('')
})
