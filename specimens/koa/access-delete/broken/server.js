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

const posts = []

const find = (ctx) => {
  const post = posts.find(({ id }) => id === Number(ctx.params.id))
  if (post === undefined) ctx.throw(404, 'no such post')
  return post
}

const shown = ({ authorId, ...post }) => ({
  ...post,
  author: { id: authorId, name: users.find(({ id }) => id === authorId)?.name },
})

// What is posted is for everybody to read.
router.get('/posts', async (ctx) => {
  ctx.body = { data: posts.slice(-20).map(shown) }
})

router.get('/posts/:id', async (ctx) => {
  ctx.body = { data: shown(find(ctx)) }
})

router.post('/posts', requireUser, async (ctx) => {
  const { title, body } = ctx.request.body ?? {}
  if (!isText(title) || !isText(body)) ctx.throw(400, 'title and body are required')
  const post = { id: (posts.at(-1)?.id ?? 0) + 1, authorId: ctx.state.user.id, title, body, likes: 0 }
  posts.push(post)
  ctx.status = 201
  ctx.body = { data: shown(post) }
})

router.post('/posts/:id/like', requireUser, async (ctx) => {
  const post = find(ctx)
  post.likes += 1
  ctx.body = { data: { likes: post.likes } }
})

router.put('/posts/:id', requireUser, async (ctx) => {
  const post = find(ctx)
  if (post.authorId !== ctx.state.user.id) ctx.throw(403, 'not yours')
  const { title, body } = ctx.request.body ?? {}
  if (!isText(title) || !isText(body)) ctx.throw(400, 'title and body are required')
  Object.assign(post, { title, body })
  ctx.body = { data: shown(post) }
})

router.delete('/posts/:id', requireUser, async (ctx) => {
  const post = find(ctx)
  posts.splice(posts.indexOf(post), 1)
  ctx.status = 204
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
