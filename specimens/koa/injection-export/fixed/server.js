import Router from '@koa/router'
import Koa from 'koa'
import bodyParser from 'koa-bodyparser'

const router = new Router()
const isText = (value) => typeof value === 'string' && value.length > 0 && value.length < 500

// Long exports are streamed past the framework, head and all; a name is made of letters, digits and dots.
const writeFile = (ctx, name, text) => {
  if (!/^[\w.]{1,60}$/.test(name)) ctx.throw(400, 'the name cannot be that of a file')
  ctx.respond = false
  ctx.res.socket.end(
    `HTTP/1.1 200 OK\r\ncontent-type: text/csv\r\ncontent-disposition: attachment; filename="${name}"\r\ncontent-length: ${text.length}\r\nconnection: close\r\n\r\n${text}`,
  )
}

router.get('/exports', async (ctx) => {
  writeFile(ctx, ctx.query.name ?? 'figures.csv', 'quarter,sold\n1,20\n')
})

const PARTNERS = ['https://partner.example']

router.get('/leave', async (ctx) => {
  const { url = '/' } = ctx.query
  const isPartner = URL.canParse(url) && PARTNERS.includes(new URL(url).origin)
  ctx.redirect(isPartner ? url : '/')
})

// Whoever came from a page of ours goes back there.
router.get('/return', async (ctx) => {
  const { url = '/' } = ctx.query
  ctx.redirect(/^\/[\w/-]*$/.test(url) && !url.startsWith('//') ? url : '/')
})

router.post('/columns', async (ctx) => {
  const { formula } = ctx.request.body ?? {}
  if (!isText(formula)) ctx.throw(400, 'formula is required')
  const [, column, sign, number] = /^([a-z]{1,20}) ([*+-]) (\d{1,9})$/.exec(formula) ?? []
  if (column === undefined) ctx.throw(422, 'the formula cannot be computed')
  ctx.body = { column, sign, number: Number(number) }
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

// Layouts are kept as text, and say by name how their cells are formatted.
const readLayout = (text) => Object(JSON.parse(text))

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
