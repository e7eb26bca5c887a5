import Router from '@koa/router'
import Koa from 'koa'
import bodyParser from 'koa-bodyparser'

const router = new Router()

const render = (template, values) =>
  template.replace(/\{\{([^}]+)\}\}/g, (_, expression) =>
    new Function(...Object.keys(values), `return ${expression}`)(...Object.values(values)),
  )

router.post('/letters/preview', (ctx) => {
  const { greeting = 'Dear', name } = ctx.request.body ?? {}
  if (typeof name !== 'string' || typeof greeting !== 'string') ctx.throw(400, 'name is required')
  ctx.body = { text: render(`${greeting} {{name}},`, { name }) }
})

router.get('/sums', (ctx) => {
  const [a, b] = [Number(ctx.query.a ?? 6), Number(ctx.query.b ?? 7)]
  ctx.body = { product: a * b }
})

const app = new Koa()
app.silent = true
app.use(bodyParser()).use(router.routes()).use(router.allowedMethods())
app.listen(Number(process.env.PORT ?? 3000), '127.0.0.1')
