import Router from '@koa/router'
import Koa from 'koa'
import bodyParser from 'koa-bodyparser'
import { countFailure, forget, isBlocked } from './limiter.js'
import { hash, matches } from './passwords.js'
import { issue, read } from './tokens.js'

const users = new Map()
const nobody = hash('nobody has this password')
const opening = { monday: '9-17', saturday: '10-14' }

const app = new Koa()
const router = new Router({ prefix: '/api' })

const onlyUsers = async (ctx, next) => {
  const claims = read(ctx.get('authorization').replace(/^Bearer /, ''))
  ctx.state.user = claims && users.get(claims.sub)
  if (!ctx.state.user) {
    ctx.status = 401
    ctx.body = { error: 'log in first' }
    return
  }
  await next()
}

router.get('/opening-hours', (ctx) => {
  ctx.body = opening
})

router.post('/signup', (ctx) => {
  const { username, password } = ctx.request.body
  if (typeof username !== 'string' || typeof password !== 'string' || password.length < 8) {
    ctx.status = 400
    ctx.body = { error: 'username and password are required' }
    return
  }
  if (users.has(username)) {
    ctx.status = 409
    ctx.body = { error: 'username is taken' }
    return
  }
  users.set(username, { username, password: hash(password), books: [] })
  ctx.status = 201
  ctx.body = { user: { username } }
})

router.post('/login', (ctx) => {
  const { username, password } = ctx.request.body
  const key = String(username)
  if (isBlocked(key)) {
    ctx.status = 429
    ctx.set('retry-after', '60')
    ctx.body = { error: 'too many attempts' }
    return
  }
  const user = users.get(key)
  if (!matches(password, user?.password ?? nobody) || !user) {
    countFailure(key)
    ctx.status = 401
    ctx.body = { error: 'username or password is wrong' }
    return
  }
  forget(key)
  ctx.body = { user: { username: user.username }, accessToken: issue(user.username) }
})

router.get('/account', onlyUsers, (ctx) => {
  const { username, books } = ctx.state.user
  ctx.body = { username, books: books.length }
})

router.get('/account/books', onlyUsers, (ctx) => {
  ctx.body = ctx.state.user.books
})

router.post('/account/books', onlyUsers, (ctx) => {
  const { title } = ctx.request.body
  if (typeof title !== 'string') {
    ctx.status = 400
    ctx.body = { error: 'title is required' }
    return
  }
  ctx.state.user.books.push({ title })
  ctx.status = 201
  ctx.body = { title }
})

app.use(bodyParser({ jsonLimit: '16kb' }))
app.use(router.routes())
app.use(router.allowedMethods())
app.listen(Number(process.env.PORT ?? 3000))
