import { gunzipSync } from 'node:zlib'
import Router from '@koa/router'
import Koa from 'koa'

const LARGEST = 1_000_000
const events = []

/** The whole body, unpacked. */
const readBody = async (ctx) => {
  const chunks = []
  let length = 0
  for await (const chunk of ctx.req) {
    length += chunk.length
    if (length > LARGEST) ctx.throw(413, 'body is too large')
    chunks.push(chunk)
  }
  const raw = Buffer.concat(chunks)
  return ctx.get('content-encoding') === 'gzip' ? gunzipSync(raw) : raw
}

const readJson = async (ctx) => {
  try {
    return JSON.parse((await readBody(ctx)).toString('utf8'))
  } catch (error) {
    ctx.throw(error.status ?? 400, 'body must be JSON')
  }
}

const router = new Router()

router.get('/health', (ctx) => {
  ctx.body = { status: 'ok' }
})

router.get('/events', (ctx) => {
  ctx.body = events.slice(-50)
})

router.post('/events', async (ctx) => {
  const { name } = await readJson(ctx)
  ctx.assert(typeof name === 'string' && name !== '', 400, 'name is required')
  const event = { id: events.length + 1, name }
  events.push(event)
  ctx.status = 201
  ctx.body = event
})

const app = new Koa()
app.silent = true
app.use(router.routes()).use(router.allowedMethods())
app.listen(Number(process.env.PORT ?? 3000))
