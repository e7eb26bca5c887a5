import { exec } from 'node:child_process'
import { promisify } from 'node:util'
import Router from '@koa/router'
import Koa from 'koa'
import bodyParser from 'koa-bodyparser'

const router = new Router()
const notes = []

const run = promisify(exec)

router.get('/size', async (ctx) => {
  const folder = ctx.query.folder ?? '.'
  const { stdout } = await run(`du -s "${folder}"`).catch(({ stdout }) => ({ stdout }))
  ctx.body = { folder, size: stdout.split('\t')[0] }
})

router.get('/notes', (ctx) => {
  ctx.body = notes.slice(-50)
})

router.post('/notes', (ctx) => {
  const { text } = ctx.request.body ?? {}
  if (typeof text !== 'string') ctx.throw(400, 'text is required')
  const note = { id: notes.length + 1, text }
  notes.push(note)
  ctx.status = 201
  ctx.body = note
})

const app = new Koa()
app.silent = true
app.use(bodyParser()).use(router.routes()).use(router.allowedMethods())
app.listen(Number(process.env.PORT ?? 3000), '127.0.0.1')
