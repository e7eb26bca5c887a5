import { expect, test } from 'vitest'
import { inspectFiles } from '../../../../../test/support/inspect-code.ts'
import { surveyedFolder } from '../../../../../test/support/surveyed-folder.ts'
import type { Route } from '../../model/system.ts'
import inspection from './index.ts'
import { guardedSiblings } from './siblings.ts'

/** `yes GET /orders` in routes.js unless another file is named */
const routeOf = (line: string, index: number): Route => {
  const [guard = '', method = '', path = '', file = 'routes.js'] = line.split(' ')
  const place = { file, line: index + 1 }
  return {
    ...{ method, path, place, middlewares: [], framework: 'express', validator: 'unknown' },
    handler: { name: null, place },
    guard: guard === 'yes' ? 'yes' : guard === 'no' ? 'no' : 'unknown',
  }
}

const accused = (...lines: string[]) => {
  const routes = lines.map(routeOf)
  return routes
    .filter((route) => guardedSiblings(route, routes).length > 0)
    .map(({ method, path }) => `${method} ${path}`)
}

test.each([
  [['yes GET /orders', 'no DELETE /orders/:id'], ['DELETE /orders/:id']],
  [['yes POST /orders', 'no POST /orders/:id/refund'], ['POST /orders/:id/refund']],
  [['yes PUT /api/v1/orders/:id', 'no PATCH /api/v1/orders/:id'], ['PATCH /api/v1/orders/:id']],
  [['yes POST /orders', 'no PUT /orders/:id'], ['PUT /orders/:id']],
  [['yes GET /orders', 'yes GET /orders/:id', 'no GET /orders/:id/items'], ['GET /orders/:id/items']],
  [['yes GET /invoices', 'no POST /invoices'], ['POST /invoices']],
  [['yes DELETE /books/:id', 'no DELETE /books/:id/pages'], ['DELETE /books/:id/pages']],
  [['yes PATCH /users/:id', 'no DELETE /users/:id'], ['DELETE /users/:id']],
])('%j: accused is %j', (lines, expected) => {
  expect(accused(...lines)).toEqual(expected)
})

test.each([
  [['yes POST /articles', 'no GET /articles']],
  [['yes GET /articles/feed', 'no GET /articles', 'no GET /articles/:slug']],
  [['yes GET /users', 'no POST /users']],
  [['yes GET /users/me', 'no POST /users/login']],
  [['yes POST /users/:id', 'no POST /users/reset-password']],
  [['yes GET /orders', 'unknown DELETE /orders/:id']],
  [['yes GET /orders', 'no DELETE /carts/:id']],
  [['yes GET /orders', 'no DELETE /orders/:id other.js']],
  [['yes DELETE /orders/:id', 'no POST /orders']],
  [['yes POST /payments', 'no POST /payments/webhook']],
  [['yes GET /orders', 'no GET /orders/health']],
  [['no GET /orders', 'no DELETE /orders/:id']],
  [['yes GET /orders', 'yes DELETE /orders/:id']],
])('%j: nobody is accused', (lines) => {
  expect(accused(...lines)).toEqual([])
})

test('a handler that looks at who asks needs no guard', async () => {
  const system = (text: string) =>
    inspectFiles(
      inspection,
      { 'routes.js': `app.get('/orders', guard, list)\napp.delete('/orders/:id', ${text})` },
      {
        ...{
          name: 'app',
          commit: null,
          dirty: false,
          infra: [],
          contracts: [],
          workspaces: [],
          problems: [],
        },
        files: { read: 1, bytes: 1 },
        services: [serviceWith(['yes GET /orders', 'no DELETE /orders/:id'].map(routeOf))],
      },
    )
  expect((await system('(req, res) => remove(req.params.id)')).map(({ status }) => status)).toEqual([
    'refuted',
  ])
  expect((await system('(req, res) => remove(req.user.id)')).map(({ status }) => status)).toEqual(['proven'])
})

const serviceWith = (routes: Route[]) => ({
  ...{ name: 'app', dir: '.', language: 'javascript', framework: null, typescript: false, routes },
  ...{
    runtime: { name: 'node', wanted: null },
    entry: null,
    build: null,
    start: [],
    test: null,
    scripts: {},
  },
  packages: { manager: null, lockfile: null, install: null, installed: true },
  ...{ ports: [], env: [], stores: [], migrations: [], seeds: [], unresolved: [] },
})

test('the twins', async () => {
  const broken = await surveyedFolder(inspection, 'specimens/express/unguarded-route/broken')
  expect(broken.map(({ status, tier, cwe, subject }) => [status, tier, cwe, subject])).toEqual([
    ['refuted', 'suspicion', 862, 'invoices.js: DELETE /invoices/:id'],
  ])
  const fixed = await surveyedFolder(inspection, 'specimens/express/unguarded-route/fixed')
  expect(fixed.map(({ status }) => status)).toEqual(['proven'])
})
