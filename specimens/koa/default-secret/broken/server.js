import Router from '@koa/router'
import Koa from 'koa'
import { readToken, signToken } from './tokens.js'

const router = new Router()

router.post('/lockers/:id/token', (ctx) => {
  ctx.body = { token: signToken(ctx.params.id) }
})
router.get('/locker', (ctx) => {
  ctx.body = readToken(ctx.get('authorization').replace('Bearer ', ''))
})

new Koa().use(router.routes()).listen(Number(process.env.PORT || '3000'))
