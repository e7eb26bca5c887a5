import { expect, test } from 'vitest'
import { openProject } from '../../instruments/source/open-project.ts'
import { writeFixture } from '../../instruments/source/write-fixture.ts'
import koa from './index.ts'

const read = async (files: Readonly<Record<string, string | object>>) => {
  const { dir, remove } = writeFixture(files)
  try {
    const project = await openProject(dir)
    const module = {
      dir: '.',
      name: 'shop',
      dependencies: new Map([['koa', '^3.0.0']]),
      runtimeDependencies: new Set(['koa']),
      versionOf: () => null,
      manifest: 'package.json',
    }
    return koa.routes(project, module, project.files)
  } finally {
    remove()
  }
}

test('prefixes, nesting, mounts, composition and named routes are followed', async () => {
  const { routes, unresolved } = await read({
    'app.js': `
      const Koa = require('koa')
      const mount = require('koa-mount')
      const compose = require('koa-compose')
      const route = require('koa-route')
      const users = require('./users')
      const app = new Koa()
      const inner = new Koa()
      inner.use(users.routes()).use(users.allowedMethods())
      app.use(mount('/v1', inner))
      app.use(compose([route.get('/ping', (ctx) => { ctx.body = 'pong' })]))
      app.listen(3000)`,
    'users.js': `
      const Router = require('@koa/router')
      const router = new Router({ prefix: '/users' })
      const posts = new Router()
      posts.prefix('/posts')
      posts.del('/:post', async (ctx) => { ctx.status = 204 })
      router.get('user', '/:id', async (ctx) => { ctx.body = ctx.query.fields })
      router.post('/', async (ctx) => { const { name } = ctx.request.body; ctx.body = name })
      router.use('/:id', posts.routes())
      module.exports = router`,
  })
  expect(routes.map(({ method, path }) => `${method} ${path}`).sort()).toEqual([
    'DELETE /v1/users/:id/posts/:post',
    'GET /ping',
    'GET /v1/users/:id',
    'POST /v1/users',
  ])
  expect(routes.find(({ method }) => method === 'POST')?.reads?.body).toEqual(['name'])
  expect(unresolved).toEqual([])
})

test('a middleware that refuses callers guards what follows it', async () => {
  const { routes } = await read({
    'app.mjs': `
      import Koa from 'koa'
      import Router from 'koa-router'
      const app = new Koa()
      const router = new Router()
      router.get('/open', (ctx) => { ctx.body = 1 })
      router.use(async (ctx, next) => {
        if (!ctx.state.user && !ctx.headers.authorization) ctx.throw(401)
        await next()
      })
      router.get('/closed', (ctx) => { ctx.body = 1 })
      app.use(router.routes())`,
  })
  expect(routes.map(({ path, guard }) => `${path} ${guard}`)).toEqual(['/open no', '/closed yes'])
})
