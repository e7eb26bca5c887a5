import { createHmac, timingSafeEqual } from 'node:crypto'
import Router from '@koa/router'
import Koa from 'koa'
import bodyParser from 'koa-bodyparser'

const KEY = process.env.SESSION_KEY ?? 'only-for-development'
const users = []

const sign = (text) => createHmac('sha256', KEY).update(text).digest('base64url')
const tokenFor = (user) => {
  const claims = Buffer.from(JSON.stringify({ sub: user.id })).toString('base64url')
  return `${claims}.${sign(claims)}`
}

const isText = (value) => typeof value === 'string' && value.trim() !== ''

const requireUser = async (ctx, next) => {
  const [claims = '', signature = ''] = (ctx.get('authorization').split(' ')[1] ?? '').split('.')
  const expected = sign(claims)
  const isSigned =
    expected.length === signature.length && timingSafeEqual(Buffer.from(expected), Buffer.from(signature))
  if (!isSigned) ctx.throw(401, 'log in first')
  const { sub } = JSON.parse(Buffer.from(claims, 'base64url').toString())
  ctx.state.user = users.find(({ id }) => id === sub)
  if (ctx.state.user === undefined) ctx.throw(401, 'log in first')
  await next()
}

const router = new Router()

router.post('/users', async (ctx) => {
  const { name, email, password } = ctx.request.body ?? {}
  if (!isText(name) || !isText(email) || !isText(password))
    ctx.throw(400, 'name, email and password are required')
  if (users.some((user) => user.email === email)) ctx.throw(409, 'taken')
  const user = { id: users.length + 1, name, email, password }
  users.push(user)
  ctx.status = 201
  ctx.body = { data: { id: user.id, name } }
})

router.post('/sessions', async (ctx) => {
  const { email, password } = ctx.request.body ?? {}
  const user = users.find((one) => one.email === email && one.password === password)
  if (user === undefined) ctx.throw(401, 'wrong e-mail or password')
  ctx.status = 201
  ctx.body = { data: { token: tokenFor(user) } }
})

const pages = []
const drafts = []
const votes = new Map()

const byId = (list, ctx) => {
  const found = list.find(({ id }) => id === Number(ctx.params.id))
  if (found === undefined) ctx.throw(404, 'not there')
  return found
}

const make = (list, ctx) => {
  const { title } = ctx.request.body ?? {}
  if (!isText(title)) ctx.throw(400, 'title is required')
  const made = { id: list.length + 1, createdBy: ctx.state.user.id, title }
  list.push(made)
  ctx.status = 201
  ctx.body = made
}

// Pages are the whole team's: everybody reads and edits them, and only who made one deletes it.
router.get('/pages', requireUser, async (ctx) => {
  ctx.body = pages
})
router.post('/pages', requireUser, async (ctx) => make(pages, ctx))
router.get('/pages/:id', requireUser, async (ctx) => {
  ctx.body = byId(pages, ctx)
})
router.put('/pages/:id', requireUser, async (ctx) => {
  const page = byId(pages, ctx)
  const { title } = ctx.request.body ?? {}
  if (!isText(title)) ctx.throw(400, 'title is required')
  page.title = title
  ctx.body = page
})
router.delete('/pages/:id', requireUser, async (ctx) => {
  const page = byId(pages, ctx)
  if (page.createdBy !== ctx.state.user.id) ctx.throw(403, 'not yours')
  pages.splice(pages.indexOf(page), 1)
  ctx.status = 204
})
// Each account has one vote, however often it is put.
router.put('/pages/:id/vote', requireUser, async (ctx) => {
  const page = byId(pages, ctx)
  votes.set(`${page.id} ${ctx.state.user.id}`, true)
  ctx.body = { votes: [...votes.keys()].filter((key) => key.startsWith(`${page.id} `)).length }
})

// Drafts are one's own until they become pages.
router.get('/drafts', requireUser, async (ctx) => {
  ctx.body = drafts.filter(({ createdBy }) => createdBy === ctx.state.user.id)
})
router.post('/drafts', requireUser, async (ctx) => make(drafts, ctx))
router.get('/drafts/:id', requireUser, async (ctx) => {
  ctx.body = byId(drafts, ctx)
})
// What is published is for everybody to read.
router.post('/drafts/:id/publish', requireUser, async (ctx) => {
  const draft = byId(drafts, ctx)
  if (draft.createdBy !== ctx.state.user.id) ctx.throw(404, 'not there')
  draft.published = true
  ctx.body = draft
})
// Remarks are for whoever may read the draft.
const remarks = []
const readable = (ctx) => {
  const draft = byId(drafts, ctx)
  if (draft.createdBy !== ctx.state.user.id && draft.published !== true) ctx.throw(404, 'not there')
  return draft
}
router.get('/drafts/:id/remarks', requireUser, async (ctx) => {
  const { id } = readable(ctx)
  ctx.body = remarks.filter(({ draftId }) => draftId === id)
})
router.post('/drafts/:id/remarks', requireUser, async (ctx) => {
  const { id } = readable(ctx)
  const { text } = ctx.request.body ?? {}
  if (!isText(text)) ctx.throw(400, 'text is required')
  const remark = { id: remarks.length + 1, draftId: id, text }
  remarks.push(remark)
  ctx.status = 201
  ctx.body = remark
})

let asked = 0
router.post('/feedback', requireUser, async (ctx) => {
  asked += 1
  if (asked > 20) ctx.throw(429, 'that is enough for now')
  ctx.status = 202
  ctx.body = { thanks: true }
})

const app = new Koa()
app.use(async (ctx, next) => {
  try {
    await next()
  } catch (error) {
    if (!error.expose) console.error(error.message)
    ctx.status = error.expose ? error.status : 500
    ctx.body = { error: error.expose ? error.message : 'something went wrong' }
  }
})
app.use(bodyParser())
app.use(router.routes()).use(router.allowedMethods())
app.listen(Number(process.env.PORT ?? 3000))
