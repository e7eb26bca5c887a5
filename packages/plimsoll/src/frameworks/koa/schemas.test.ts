import { expect, test } from 'vitest'
import { openProject } from '../../instruments/source/open-project.ts'
import { writeFixture } from '../../instruments/source/write-fixture.ts'
import javascript from '../../languages/javascript/index.ts'
import koa from './index.ts'

const schemasOf = async (files: Record<string, string>) => {
  const { dir, remove } = writeFixture({
    'package.json': { name: 'harbour', dependencies: { koa: '*' } },
    ...files,
  })
  try {
    const project = await openProject(dir)
    const [module] = javascript.modules(project)
    if (module === undefined) throw new Error('no module')
    const { routes } = await koa.routes(project, module, project.files)
    return Object.fromEntries(routes.map(({ method, path, schemas }) => [`${method} ${path}`, schemas]))
  } finally {
    remove()
  }
}

const text = { type: 'string' }
const object = (properties: object, ...required: string[]) => ({
  type: 'object',
  properties,
  ...(required.length > 0 ? { required } : {}),
})
test('a context is checked in middleware, in handlers and by koa-joi-router', async () => {
  const code = `
    import Koa from 'koa'
    import Router from '@koa/router'
    import joiRouter from 'koa-joi-router'
    import { z } from 'zod'
    import * as yup from 'yup'
    const app = new Koa()
    const router = new Router()
    const check = (schema) => async (ctx, next) => { await schema.validate(ctx.request.body); await next() }
    router.post('/yup', check(yup.object({ a: yup.string().defined() })), async (ctx) => {})
    router.post('/zod', async (ctx) => { const { a } = z.object({ a: z.string() }).parse(ctx.request.body) })
    router.get('/query', async (ctx) => { z.object({ a: z.string() }).parse(ctx.query) })
    const joi = joiRouter()
    joi.route({ method: 'post', path: '/joi', validate: { type: 'json', body: { a: joiRouter.Joi.string().allow('').required() } }, handler: async (ctx) => {} })
    app.use(router.routes()).use(joi.middleware())`
  expect(await schemasOf({ 'app.ts': code })).toEqual({
    'POST /yup': { body: object({ a: text }, 'a') },
    'POST /zod': { body: object({ a: text }, 'a') },
    'GET /query': { query: object({ a: text }, 'a') },
    'POST /joi': { body: object({ a: text }, 'a') },
  })
})
