import Router from '@koa/router'
import Koa from 'koa'
import bodyParser from 'koa-bodyparser'
import { countFailure, forget, isBlocked } from './limiter.js'
import { hash, matches } from './passwords.js'

const COOKIE = { httpOnly: true, sameSite: 'lax', secure: false }
const members = []
const nobody = hash('nobody has this password')
const concerts = [{ id: 1, title: 'Spring concert' }]

const write = (member) => Buffer.from(JSON.stringify({ id: member.id, name: member.name })).toString('base64')

const read = (value) => {
  try {
    const { id } = JSON.parse(Buffer.from(value, 'base64').toString())
    return members.find((member) => member.id === id)
  } catch {
    return undefined
  }
}

const app = new Koa()
const router = new Router()

const onlyMembers = async (ctx, next) => {
  ctx.state.member = read(ctx.cookies.get('member') ?? '')
  if (!ctx.state.member) {
    ctx.status = 401
    ctx.body = { error: 'log in first' }
    return
  }
  await next()
}

router.get('/concerts', (ctx) => {
  ctx.body = concerts
})

router.post('/register', (ctx) => {
  const { name, password } = ctx.request.body
  if (typeof name !== 'string' || typeof password !== 'string' || password.length < 8) {
    ctx.status = 400
    ctx.body = { error: 'name and password are required' }
    return
  }
  if (members.some((member) => member.name === name)) {
    ctx.status = 409
    ctx.body = { error: 'name is taken' }
    return
  }
  const member = { id: members.length + 1, name, voice: 'alto', password: hash(password) }
  members.push(member)
  ctx.status = 201
  ctx.body = { id: member.id, name }
})

router.post('/login', (ctx) => {
  const { name, password } = ctx.request.body
  const key = String(name)
  if (isBlocked(key)) {
    ctx.status = 429
    ctx.set('retry-after', '60')
    ctx.body = { error: 'too many attempts' }
    return
  }
  const member = members.find((one) => one.name === key)
  if (!matches(password, member?.password ?? nobody) || !member) {
    countFailure(key)
    ctx.status = 401
    ctx.body = { error: 'name or password is wrong' }
    return
  }
  forget(key)
  ctx.cookies.set('member', write(member), COOKIE)
  ctx.body = { id: member.id, name: member.name }
})

router.get('/me', onlyMembers, (ctx) => {
  const { id, name, voice } = ctx.state.member
  ctx.body = { id, name, voice }
})

router.put('/me/voice', onlyMembers, (ctx) => {
  const { voice } = ctx.request.body
  if (typeof voice !== 'string') {
    ctx.status = 400
    ctx.body = { error: 'voice is required' }
    return
  }
  ctx.state.member.voice = voice
  ctx.body = { voice }
})

app.use(bodyParser({ jsonLimit: '16kb' }))
app.use(router.routes())
app.use(router.allowedMethods())
app.listen(Number(process.env.PORT ?? 3000))
