import { randomUUID, scryptSync } from 'node:crypto'
import Router from '@koa/router'
import Koa from 'koa'
import bodyParser from 'koa-bodyparser'

const users = new Map()
const sessions = new Map()
const notes = new Map()
const drafts = new Map()
const router = new Router()

const hash = (password, salt) => scryptSync(password, salt, 32, { N: 1024 }).toString('base64')

router.post('/signup', (ctx) => {
  const { username, password } = ctx.request.body
  ctx.assert(typeof username === 'string' && username !== '', 400, 'username is required')
  ctx.assert(typeof password === 'string' && password.length >= 8, 400, 'password is required')
  ctx.assert(!users.has(username), 409, 'username is taken')
  const id = randomUUID()
  users.set(username, { id, username, hash: hash(password, id) })
  ctx.status = 201
  ctx.body = { id, username }
})

router.post('/login', (ctx) => {
  const { username, password } = ctx.request.body
  const user = users.get(username)
  ctx.assert(user && user.hash === hash(String(password), user.id), 401, 'wrong username or password')
  const session = randomUUID()
  sessions.set(session, user)
  ctx.cookies.set('session', session, { httpOnly: true, sameSite: 'lax' })
  ctx.body = { username }
})

const loggedIn = (ctx, next) => {
  ctx.state.user = sessions.get(ctx.cookies.get('session'))
  ctx.assert(ctx.state.user, 401, 'log in first')
  return next()
}

const ownNote = (ctx) => {
  const note = notes.get(ctx.params.id)
  ctx.assert(note && note.ownerId === ctx.state.user.id, 404, 'no such note')
  return note
}

router.get('/notes', loggedIn, (ctx) => {
  ctx.body = [...notes.values()].filter(({ ownerId }) => ownerId === ctx.state.user.id)
})

router.post('/notes', loggedIn, (ctx) => {
  const { title, text } = ctx.request.body
  ctx.assert(typeof title === 'string' && typeof text === 'string', 400, 'title and text are required')
  const note = { id: randomUUID(), ownerId: ctx.state.user.id, title, text }
  notes.set(note.id, note)
  ctx.status = 201
  ctx.body = note
})

router.get('/notes/:id', loggedIn, (ctx) => {
  ctx.body = ownNote(ctx)
})

router.patch('/notes/:id', loggedIn, (ctx) => {
  const note = ownNote(ctx)
  const { title } = ctx.request.body
  ctx.assert(typeof title === 'string', 400, 'title is required')
  Object.assign(note, ctx.request.body, { id: note.id })
  ctx.body = note
})

router.get('/drafts', loggedIn, (ctx) => {
  ctx.body = [...drafts.values()].filter(({ ownerId }) => ownerId === ctx.state.user.id)
})

router.put('/drafts/:id', loggedIn, (ctx) => {
  const { text } = ctx.request.body
  ctx.assert(typeof text === 'string', 400, 'text is required')
  const key = `${ctx.state.user.id}/${ctx.params.id}`
  drafts.set(key, { id: ctx.params.id, ownerId: ctx.state.user.id, text })
  ctx.body = drafts.get(key)
})

const app = new Koa()
app.use(bodyParser()).use(router.routes()).use(router.allowedMethods())
app.listen(Number(process.env.PORT ?? 3000))
