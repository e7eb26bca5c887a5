import { expect, test } from 'vitest'
import { findingOf, proposeForFiles, proposeForFolder } from '../../../../../test/support/propose-fix.ts'
import fixer from './index.ts'

const refused = findingOf({ probe: 'contract', subject: 'POST /register: 5xx (22021)' })
const duplicate = findingOf({ probe: 'contract', subject: 'POST /tags: 5xx (23505)' })

test('the handler answers 400 in its own words', async () => {
  expect(await proposeForFolder(fixer, 'examples/booking', refused)).toMatchInlineSnapshot(`
    "--- a/src/app.js
    +++ b/src/app.js
    @@ -23,6 +23,7 @@
       })
     
       app.setErrorHandler((error, request, reply) => {
    +    if (/^(?:22...|23502|23514)$/.test(error.code)) return reply.code(400).send({ error: 'a value is not acceptable' })
         if (error.validation) return reply.code(400).send({ error: error.message })
         request.log.error(error)
         return reply.code(error.statusCode ?? 500).send({ error: error.message, stack: error.stack })
    "
  `)
})

test('a duplicate is a conflict, in TypeScript and in Koa', async () => {
  const app = `import Koa from 'koa'

const app = new Koa()
app.use(async (ctx, next) => {
  try {
    await next()
  } catch (error) {
    ctx.status = 500
    ctx.body = { message: 'internal error' }
  }
})
`
  expect(await proposeForFiles(fixer, { 'src/app.ts': app }, duplicate)).toMatchInlineSnapshot(`
    "--- a/src/app.ts
    +++ b/src/app.ts
    @@ -5,6 +5,11 @@
       try {
         await next()
       } catch (error) {
    +    if (((error as { code?: string }).code ?? '') === '23505') {
    +      ctx.status = 409
    +      ctx.body = { message: 'it is there already' }
    +      return
    +    }
         ctx.status = 500
         ctx.body = { message: 'internal error' }
       }
    "
  `)
})

test('nothing without a handler, twice, or for what the database did not refuse', async () => {
  expect(await proposeForFolder(fixer, 'specimens/fastify/security-headers/broken', refused)).toBe('')
  const thrown = { ...refused, subject: 'POST /register: 5xx (TypeError)' }
  expect(await proposeForFolder(fixer, 'examples/booking', thrown)).toBe('')
})
