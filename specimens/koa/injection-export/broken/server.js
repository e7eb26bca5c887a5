import Router from '@koa/router'
import Koa from 'koa'
import bodyParser from 'koa-bodyparser'

const router = new Router()
const isText = (value) => typeof value === 'string' && value.length > 0 && value.length < 500

// Long exports are streamed past the framework, head and all.
const writeFile = (ctx, name, text) => {
  ctx.respond = false
  ctx.res.socket.end(
    `HTTP/1.1 200 OK\r\ncontent-type: text/csv\r\ncontent-disposition: attachment; filename="${name}"\r\ncontent-length: ${text.length}\r\nconnection: close\r\n\r\n${text}`,
  )
}

router.get('/exports', async (ctx) => {
  writeFile(ctx, ctx.query.name ?? 'figures.csv', 'quarter,sold\n1,20\n')
})

router.get('/leave', async (ctx) => {
  ctx.redirect(ctx.query.url ?? '/')
})

// Whoever came from a page of ours goes back there.
router.get('/return', async (ctx) => {
  const { url = '/' } = ctx.query
  ctx.redirect(/^\/[\w/-]*$/.test(url) && !url.startsWith('//') ? url : '/')
})

router.post('/columns', async (ctx) => {
  const { formula } = ctx.request.body ?? {}
  if (!isText(formula)) ctx.throw(400, 'formula is required')
  try {
    // biome-ignore lint/security/noGlobalEval: this is the defect
    ctx.body = { value: String(eval(formula)) }
  } catch {
    ctx.throw(422, 'the formula cannot be computed')
  }
})

// Sums are what it is for: numbers and signs only.
router.post('/sums', async (ctx) => {
  const { sum } = ctx.request.body ?? {}
  if (!isText(sum) || !/^\d{1,9}(?: [*+-] \d{1,9})*$/.test(sum)) ctx.throw(400, 'sum is required')
  const [first, ...rest] = sum.split(' ')
  let value = Number(first)
  for (let at = 0; at < rest.length; at += 2) {
    const number = Number(rest[at + 1])
    value = rest[at] === '*' ? value * number : rest[at] === '+' ? value + number : value - number
  }
  ctx.body = { value }
})

const FUNCTION = '_$$ND_FUNC$$_'

// Layouts are kept as text, with the functions that format their cells.
const readLayout = (text) =>
  JSON.parse(text, (_, value) =>
    typeof value === 'string' && value.startsWith(FUNCTION)
      ? // biome-ignore lint/security/noGlobalEval: this is the defect
        eval(`(${value.slice(FUNCTION.length)})`)
      : value,
  )

router.post('/layouts', async (ctx) => {
  const { layout } = ctx.request.body ?? {}
  if (!isText(layout)) ctx.throw(400, 'layout is required')
  try {
    ctx.body = { columns: Object.keys(readLayout(layout)) }
  } catch {
    ctx.throw(422, 'the layout cannot be read')
  }
})

const app = new Koa()
app.use(bodyParser())
app.use(router.routes()).use(router.allowedMethods())
app.listen(Number(process.env.PORT ?? 3000))
