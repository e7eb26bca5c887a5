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

const albums = []
const photos = []

const own = (ctx) => {
  const album = albums.find(({ id, owner }) => id === Number(ctx.params.id) && owner === ctx.state.user.id)
  if (album === undefined) ctx.throw(404, 'no such album')
  return album
}

router.get('/albums', requireUser, async (ctx) => {
  ctx.body = { data: albums.filter(({ owner }) => owner === ctx.state.user.id) }
})

router.post('/albums', requireUser, async (ctx) => {
  const { title } = ctx.request.body ?? {}
  if (!isText(title)) ctx.throw(400, 'title is required')
  const album = { id: albums.length + 1, owner: ctx.state.user.id, title }
  albums.push(album)
  ctx.status = 201
  ctx.body = { data: album }
})

router.get('/albums/:id', requireUser, async (ctx) => {
  ctx.body = { data: own(ctx) }
})

router.post('/albums/:id/photos', requireUser, async (ctx) => {
  const { caption } = ctx.request.body ?? {}
  if (!isText(caption)) ctx.throw(400, 'caption is required')
  const photo = { id: photos.length + 1, album: own(ctx).id, caption }
  photos.push(photo)
  ctx.status = 201
  ctx.body = { data: photo }
})

router.get('/albums/:id/photos', requireUser, async (ctx) => {
  ctx.body = { data: photos.filter(({ album }) => album === Number(ctx.params.id)) }
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
