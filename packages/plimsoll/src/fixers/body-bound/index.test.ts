import { expect, test } from 'vitest'
import { findingOf, proposeForFiles, proposeForFolder } from '../../../../../test/support/propose-fix.ts'
import fixer from './index.ts'

const large = findingOf({
  probe: 'body-limit-off',
  subject: 'server.js: json limit',
  title: 'json limit takes 50 MB or more from everybody',
  places: [{ file: 'server.js', line: 4 }],
})
const unpacked = findingOf({ probe: 'exhaustion', subject: 'compressed request bodies' })
const bodies = findingOf({ probe: 'exhaustion', subject: 'large request bodies' })
const uploads = findingOf({ ...large, places: [], title: 'Uploads are taken without a limit of their size' })

test('a limit that is none becomes one', async () => {
  expect(
    await proposeForFolder(fixer, 'specimens/express/body-limit-off/broken', large),
  ).toMatchInlineSnapshot(`
    "--- a/server.js
    +++ b/server.js
    @@ -1,7 +1,7 @@
     import express from 'express'
     
     const app = express()
    -app.use(express.json({ limit: '500mb' }))
    +app.use(express.json({ limit: '1mb' }))
     
     app.post('/notes', (req, res) => res.status(201).json({ text: String(req.body.text) }))
     app.post('/imports', (req, res) => res.status(202).json({ rows: req.body.rows.length }))
    "
  `)
})

test('what is unpacked has a limit', async () => {
  expect(
    await proposeForFolder(fixer, 'specimens/koa/exhaustion-gzip/broken', unpacked),
  ).toMatchInlineSnapshot(`
    "--- a/server.js
    +++ b/server.js
    @@ -15,7 +15,7 @@
         chunks.push(chunk)
       }
       const raw = Buffer.concat(chunks)
    -  return ctx.get('content-encoding') === 'gzip' ? gunzipSync(raw) : raw
    +  return ctx.get('content-encoding') === 'gzip' ? gunzipSync(raw, { maxOutputLength: 1_048_576 }) : raw
     }
     
     const readJson = async (ctx) => {
    "
  `)
})

test('numbers, and uploads', async () => {
  const app = `import Fastify from 'fastify'
import multer from 'multer'

const app = Fastify({ bodyLimit: 100 * 1024 * 1024 })
const upload = multer({ dest: 'uploads' })
const other = multer()
`
  expect(await proposeForFiles(fixer, { 'app.js': app }, bodies)).toMatchInlineSnapshot(`
    "--- a/app.js
    +++ b/app.js
    @@ -1,6 +1,6 @@
     import Fastify from 'fastify'
     import multer from 'multer'
     
    -const app = Fastify({ bodyLimit: 100 * 1024 * 1024 })
    +const app = Fastify({ bodyLimit: 1_048_576 })
     const upload = multer({ dest: 'uploads' })
     const other = multer()
    "
  `)
  const { places: _, ...anywhere } = uploads
  expect(await proposeForFiles(fixer, { 'app.js': app }, anywhere)).toMatchInlineSnapshot(`
    "--- a/app.js
    +++ b/app.js
    @@ -2,5 +2,5 @@
     import multer from 'multer'
     
     const app = Fastify({ bodyLimit: 100 * 1024 * 1024 })
    -const upload = multer({ dest: 'uploads' })
    -const other = multer()
    +const upload = multer({ dest: 'uploads', limits: { fileSize: 5_000_000, files: 5 } })
    +const other = multer({ limits: { fileSize: 5_000_000, files: 5 } })
    "
  `)
})

test('nothing where there is a limit, or it is not written there', async () => {
  expect(await proposeForFolder(fixer, 'specimens/express/body-limit-off/fixed', large)).toBe('')
  expect(await proposeForFolder(fixer, 'specimens/koa/exhaustion-gzip/fixed', unpacked)).toBe('')
  const app =
    "app.use(express.json({ limit: process.env.LIMIT, verify }))\napp.use(text({ limit: '20mb' }))\n"
  expect(await proposeForFiles(fixer, { 'server.js': app }, large)).toBe('')
})
