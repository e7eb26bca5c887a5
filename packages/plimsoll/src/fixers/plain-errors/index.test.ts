import { expect, test } from 'vitest'
import { findingOf, proposeForFiles, proposeForFolder } from '../../../../../test/support/propose-fix.ts'
import fixer from './index.ts'

const leak = findingOf({ probe: 'error-hygiene', subject: 'error answers: content' })

test('a stack is left out, a message is fixed and logged', async () => {
  expect(
    await proposeForFolder(fixer, 'specimens/express/error-hygiene/broken', leak),
  ).toMatchInlineSnapshot(`
    "--- a/server.js
    +++ b/server.js
    @@ -27,7 +27,8 @@
     })
     
     app.use((error, _req, res, _next) => {
    -  res.status(500).json({ error: error.message, stack: error.stack })
    +  console.error(error)
    +  res.status(500).json({ error: 'internal error' })
     })
     
     app.listen(Number(process.env.PORT ?? 3000))
    "
  `)
})

test('a status that is computed decides whether the message is told', async () => {
  const internals = { ...leak, probe: 'store-errors', subject: 'postgres: content of error answers' }
  expect(await proposeForFolder(fixer, 'examples/booking', internals)).toMatchInlineSnapshot(`
    "--- a/src/app.js
    +++ b/src/app.js
    @@ -25,7 +25,8 @@
       app.setErrorHandler((error, request, reply) => {
         if (error.validation) return reply.code(400).send({ error: error.message })
         request.log.error(error)
    -    return reply.code(error.statusCode ?? 500).send({ error: error.message, stack: error.stack })
    +    const status = error.statusCode ?? 500
    +    return reply.code(status).send({ error: status < 500 ? error.message : 'internal error' })
       })
     
       return app
    "
  `)
})

test('handlers of other files, of Koa, and whole errors', async () => {
  const files = {
    'src/app.ts': `import express from "express";
import { onError } from "./on-error";

const app = express();
app.use(onError);
`,
    'src/on-error.ts': `import type { ErrorRequestHandler } from "express";

export const onError: ErrorRequestHandler = (err, _req, res, _next) => {
    console.error(err);
    res.status(err.status || 500).json(err);
};
`,
    'src/legacy.js': `import Koa from 'koa'

const legacy = new Koa()
legacy.use(async (ctx, next) => {
  try {
    await next()
  } catch (problem) {
    ctx.status = problem.status ?? 500
    ctx.body = {
      message: problem.message,
      stack: problem.stack,
    }
  }
})
`,
  }
  expect(await proposeForFiles(fixer, files, leak)).toMatchInlineSnapshot(`
    "--- a/src/on-error.ts
    +++ b/src/on-error.ts
    @@ -2,5 +2,6 @@
     
     export const onError: ErrorRequestHandler = (err, _req, res, _next) => {
         console.error(err);
    -    res.status(err.status || 500).json(err);
    +    const status = err.status || 500;
    +    res.status(status).json({ error: "internal error" });
     };
    --- a/src/legacy.js
    +++ b/src/legacy.js
    @@ -5,10 +5,10 @@
       try {
         await next()
       } catch (problem) {
    +    console.error(problem)
         ctx.status = problem.status ?? 500
         ctx.body = {
    -      message: problem.message,
    -      stack: problem.stack,
    +      message: ctx.status < 500 ? problem.message : 'internal error',
         }
       }
     })
    "
  `)
})

test('an app without a handler gets one', async () => {
  const express = `import express from 'express'

const app = express()
app.get('/', (_req, res) => res.json({}))
app.listen(3000)
`
  expect(await proposeForFiles(fixer, { 'app.ts': express }, leak)).toMatchInlineSnapshot(`
    "--- a/app.ts
    +++ b/app.ts
    @@ -2,4 +2,12 @@
     
     const app = express()
     app.get('/', (_req, res) => res.json({}))
    +
    +app.use((error: Error & { status?: number }, _req: express.Request, res: express.Response, next: express.NextFunction) => {
    +  if (res.headersSent) return next(error)
    +  const status = error.status ?? 500
    +  if (status >= 500) console.error(error)
    +  res.status(status).json({ error: status < 500 ? error.message : 'internal error' })
    +})
    +
     app.listen(3000)
    "
  `)
})

test('nothing where handlers tell nothing, and for other subjects', async () => {
  expect(await proposeForFolder(fixer, 'specimens/express/error-hygiene/fixed', leak)).toBe('')
  expect(await proposeForFolder(fixer, 'specimens/fastify/slow-store/broken', leak)).toBe('')
  const shape = { ...leak, subject: 'error shape' }
  expect(await proposeForFolder(fixer, 'specimens/express/error-hygiene/broken', shape)).toBe('')
})
