import { createHash, randomBytes } from 'node:crypto'
import Router from '@koa/router'
import Koa from 'koa'
import bodyParser from 'koa-bodyparser'

const clients = new Map()
const gadgets = new Map()
const router = new Router({ prefix: '/v2' })

const digest = (key) => createHash('sha256').update(key).digest('hex')
const opaque = () => randomBytes(12).toString('base64url')
const isText = (value) => typeof value === 'string' && value.trim() !== '' && value.length <= 200

const authenticate = async (ctx, next) => {
  ctx.state.client = clients.get(digest(ctx.get('x-api-key')))
  if (ctx.state.client === undefined) ctx.throw(401, 'an API key is needed')
  await next()
}

router.post('/clients', async (ctx) => {
  const { name } = ctx.request.body ?? {}
  if (!isText(name)) ctx.throw(422, 'name is required')
  const apiKey = randomBytes(24).toString('base64url')
  const client = { id: opaque(), name, plan: 'free' }
  clients.set(digest(apiKey), client)
  ctx.status = 201
  ctx.body = { data: { ...client, apiKey } }
})

const own = (ctx) => {
  const gadget = gadgets.get(ctx.params.id)
  if (gadget?.clientId !== ctx.state.client.id) ctx.throw(404, 'not there')
  return gadget
}

// What was made shows in the list a little later.
let listed = []
const catchUp = () =>
  setTimeout(() => {
    listed = [...gadgets.values()]
  }, 150)

router.get('/gadgets', authenticate, async (ctx) => {
  ctx.body = { data: listed.filter(({ clientId }) => clientId === ctx.state.client.id) }
})

router.post('/gadgets', authenticate, async (ctx) => {
  const { label } = ctx.request.body ?? {}
  if (!isText(label)) ctx.throw(422, 'label is required')
  const gadget = { id: opaque(), label, clientId: ctx.state.client.id, isListed: false }
  gadgets.set(gadget.id, gadget)
  catchUp()
  ctx.status = 201
  ctx.body = { data: gadget }
})

router.get('/gadgets/:id', authenticate, async (ctx) => {
  const gadget = gadgets.get(ctx.params.id)
  if (gadget === undefined || (gadget.clientId !== ctx.state.client.id && !gadget.isListed))
    ctx.throw(404, 'not there')
  ctx.body = { data: gadget }
})

// Whoever made a gadget may show it to everybody.
router.post('/gadgets/:id/publish', authenticate, async (ctx) => {
  const gadget = own(ctx)
  gadget.isListed = true
  ctx.body = { data: gadget }
})

router.delete('/gadgets/:id', authenticate, async (ctx) => {
  if (!gadgets.has(ctx.params.id)) ctx.throw(404, 'not there')
  gadgets.delete(ctx.params.id)
  catchUp()
  ctx.status = 204
})

router.get('/support/clients', authenticate, async (ctx) => {
  if (ctx.state.client.plan !== 'support') ctx.throw(403, 'for those who support')
  ctx.body = { data: [...clients.values()] }
})

const app = new Koa()
app.use(bodyParser())
app.use(router.routes()).use(router.allowedMethods())
app.listen(Number(process.env.PORT ?? 3000))
