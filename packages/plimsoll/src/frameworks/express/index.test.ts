import { expect, test } from 'vitest'
import { openProject } from '../../instruments/source/open-project.ts'
import { writeFixture } from '../../instruments/source/write-fixture.ts'
import type { Route } from '../../model/system.ts'
import express from './index.ts'

const read = async (files: Readonly<Record<string, string | object>>) => {
  const { dir, remove } = writeFixture(files)
  try {
    const project = await openProject(dir)
    const module = {
      dir: '.',
      name: 'shop',
      dependencies: new Map([['express', '^5.0.0']]),
      runtimeDependencies: new Set(['express']),
      versionOf: () => '5.1.0',
      manifest: 'package.json',
    }
    return express.routes(project, module, project.files)
  } finally {
    remove()
  }
}

const names = (routes: readonly Route[]) => routes.map(({ method, path }) => `${method} ${path}`).sort()

test('routers are followed through mounts, files, chains and lists of paths', async () => {
  const { routes, unresolved } = await read({
    'app.js': `
      const express = require('express')
      const app = express()
      app.use('/api', require('./routes'))
      app.get(['/a', '/b'], (req, res) => res.end())
      app.all('/any', (req, res) => res.end())
      app.get('title')
      app.get(/^\\/x(\\d+)$/, (req, res) => res.end())
      module.exports = app`,
    'routes/index.js': `
      const { Router } = require('express')
      const PATHS = { orders: '/orders' }
      const router = Router()
      router.use(PATHS.orders, require('./orders'))
      module.exports = router`,
    'routes/orders.js': `
      const router = require('express').Router()
      router.route('/').get((req, res) => {}).post((req, res) => {})
      router.delete('/:id(\\\\d+)', (req, res) => {})
      router.get('/file/:name{.:ext}', (req, res) => {})
      module.exports = router`,
  })
  expect(names(routes)).toEqual([
    'ANY /any',
    'DELETE /api/orders/:id',
    'GET /^\\/x(\\d+)$/',
    'GET /a',
    'GET /api/orders',
    'GET /api/orders/file/:name.:ext?',
    'GET /b',
    'POST /api/orders',
  ])
  expect(unresolved).toEqual([])
})

test('classes, factories, wrappers, loops and folders are followed', async () => {
  const { routes } = await read({
    'package.json': { name: 'shop', type: 'module' },
    'tsconfig.json': '{ "compilerOptions": { "baseUrl": ".", "paths": { "@app/*": ["src/*"] } } }',
    'src/server.ts': `
      import express, { type Express } from 'express'
      import { readdirSync } from 'node:fs'
      import path from 'node:path'
      import { OrdersController, Prefix } from '@app/orders'
      class Server {
        private readonly app: Express = express()
        constructor(private readonly controllers: { path: string; router: unknown }[]) { this.mount() }
        private mount() {
          for (const controller of this.controllers) this.app.use(\`\${Prefix.Api}\${controller.path}\`, controller.router)
          readdirSync(path.join(import.meta.dirname, 'auto')).forEach((file) => {
            const { default: routes } = require('./auto/' + file)
            this.app.use('/' + path.basename(file, '.ts'), routes)
          })
        }
      }
      new Server([new OrdersController()])`,
    'src/orders.ts': `
      import { Controller } from './controller.js'
      export enum Prefix { Api = '/api' }
      export class OrdersController extends Controller {
        path = '/orders'
        constructor() {
          super()
          this.route({ method: 'get', path: '/:id', handler: this.show })
          this.post('/', this.create)
        }
        show = async (req, res) => res.json(req.params.id)
        async create(req, res) { res.json(req.body.name) }
      }`,
    'src/controller.ts': `
      import { Router } from 'express'
      export class Controller {
        router = Router()
        route({ method, path, handler }) { this.router[method](path, wrap(handler.bind(this))) }
        post(path, handler) { this.route({ method: 'post', path, handler }) }
      }
      const wrap = (handler) => async (req, res, next) => { try { await handler(req, res) } catch (error) { next(error) } }`,
    'src/auto/users.ts': `
      import Router from 'express-promise-router'
      const router = Router()
      router.get('/me', async (req, res) => res.json({}))
      export default router`,
  })
  expect(names(routes)).toEqual(['GET /api/orders/:id', 'GET /users/me', 'POST /api/orders'])
  const create = routes.find(({ method }) => method === 'POST')
  expect(create?.handler).toMatchObject({ name: 'OrdersController.create', place: { file: 'src/orders.ts' } })
  expect(create?.reads?.body).toEqual(['name'])
  expect(create?.place).toEqual({ file: 'src/orders.ts', line: 9 })
})

test('clients are no routes, and tests register none', async () => {
  const { routes } = await read({
    'app.js': `
      const express = require('express')
      const axios = require('axios')
      const app = express()
      app.get('/health', async (req, res) => { await axios.get('/elsewhere'); res.end() })
      const api = axios.create({ baseURL: '/x' })
      api.post('/users', {})
      module.exports = app`,
    'app.test.js': `
      const request = require('supertest'); const app = require('./app')
      app.get('/only-in-tests', (req, res) => res.end()); request(app).get('/health')`,
  })
  expect(names(routes)).toEqual(['GET /health'])
})

test('a guard is what a middleware does, in order; a doubt stays a doubt', async () => {
  const { routes } = await read({
    'app.js': `
      const express = require('express')
      const jwt = require('jsonwebtoken')
      const cors = require('cors')
      const { z } = require('zod')
      const app = express()
      const authenticate = (req, res, next) => { req.user = jwt.verify(req.headers.authorization, 'k'); next() }
      const log = (req, res, next) => { console.log(req.method); next() }
      const allow = (role) => (req, res, next) => {
        if (role === 'any') return next()
        if (!req.user) return res.sendStatus(401)
        next()
      }
      const body = (schema) => (req, res, next) => { schema.parse(req.body); next() }
      app.use(cors(), log)
      app.get('/open', (req, res) => res.end())
      app.get('/any', allow('any'), (req, res) => res.end())
      app.get('/admin', allow('admin'), (req, res) => res.end())
      app.get('/odd', require('./missing'), (req, res) => res.end())
      app.use('/private', authenticate)
      app.post('/private/x', body(z.object({})), (req, res) => res.end())
      if (process.env.LOCKED) app.use(authenticate)
      app.get('/maybe', (req, res) => res.end())`,
  })
  const said = Object.fromEntries(routes.map(({ path, guard, validator }) => [path, `${guard} ${validator}`]))
  expect(said).toEqual({
    '/open': 'no no',
    '/any': 'no no',
    '/admin': 'yes no',
    '/odd': 'unknown unknown',
    '/private/x': 'yes yes',
    '/maybe': 'unknown no',
  })
  expect(routes.find(({ path }) => path === '/private/x')?.middlewares.map(({ name }) => name)).toEqual([
    'cors ()',
    'log',
    'authenticate',
    'body()',
  ])
})

test('what guards forms, or writes alone, says nothing of who may read', async () => {
  const { routes } = await read({
    'app.js': `
      const app = require('express')()
      const forms = (req, res, next) => {
        if (req.get('x-csrf-token') !== req.session.token) return res.status(403).end()
        next()
      }
      const writers = (req, res, next) => {
        if (req.method === 'GET' || req.user) return next()
        res.status(401).end()
      }
      const authenticate = (req, res, next) => {
        if (req.method === 'OPTIONS' || req.session.user) return next()
        res.status(401).end()
      }
      app.get('/forms', forms, (req, res) => res.end())
      app.get('/writers', writers, (req, res) => res.end())
      app.get('/mine', forms, authenticate, (req, res) => res.end())`,
  })
  expect(routes.map(({ path, guard }) => `${path} ${guard}`)).toEqual([
    '/forms unknown',
    '/writers unknown',
    '/mine yes',
  ])
})

test('what cannot be resolved is told with its place', async () => {
  const { routes, unresolved } = await read({
    'app.js': `
      const express = require('express')
      const config = require('config')
      const app = express()
      app.get(config.get('path'), (req, res) => res.end())
      app.use('/plugins', require(process.env.PLUGIN))
      module.exports = app`,
    'lost.js': `
      const router = require('express').Router()
      router.get('/lost', (req, res) => res.end())
      module.exports = router`,
  })
  expect(names(routes)).toEqual(['GET /lost'])
  expect(unresolved.map(({ what, place }) => `${place.file}:${place.line} ${what}`)).toEqual([
    'app.js:6 what use() adds at /plugins',
    'app.js:5 GET route',
    'lost.js:2 1 route of express.Router()',
  ])
})
