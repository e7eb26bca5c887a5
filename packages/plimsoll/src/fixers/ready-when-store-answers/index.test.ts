import { expect, test } from 'vitest'
import { findingOf, proposeForFiles, proposeForFolder } from '../../../../../test/support/propose-fix.ts'
import fixer from './index.ts'

const readiness = (path: string) =>
  findingOf({
    probe: 'health-truth',
    subject: `GET ${path}: readiness`,
    title: 'Health says yes while the database is down',
  })

test('a route of Express asks first', async () => {
  expect(
    await proposeForFolder(fixer, 'specimens/express/health-truth/broken', readiness('/health')),
  ).toMatchInlineSnapshot(`
    "--- a/server.js
    +++ b/server.js
    @@ -12,7 +12,14 @@
     
     app.get('/live', (_req, res) => res.json({ status: 'ok' }))
     
    -app.get('/health', (_req, res) => res.json({ status: 'ok' }))
    +app.get('/health', async (_req, res) => {
    +  try {
    +    await pool.query('SELECT 1')
    +  } catch {
    +    return res.status(503).json({ status: 'unavailable' })
    +  }
    +  return res.json({ status: 'ok' })
    +})
     
     app.get('/stock', async (_req, res) => {
       const { rows } = await pool.query('SELECT sku, units FROM stock ORDER BY sku LIMIT 100')
    "
  `)
})

test('a controller of NestJS gets the provider injected', async () => {
  expect(
    await proposeForFolder(fixer, 'specimens/nestjs/health-truth/broken', readiness('/health/ready')),
  ).toMatchInlineSnapshot(`
    "--- a/src/health.controller.ts
    +++ b/src/health.controller.ts
    @@ -1,14 +1,22 @@
    -import { Controller, Get } from '@nestjs/common'
    +import { Controller, Get, ServiceUnavailableException } from '@nestjs/common'
    +import { Database } from './database'
     
     @Controller('health')
     export class HealthController {
    +  constructor(private readonly database: Database) {}
    +
       @Get('live')
       live() {
         return { status: 'ok' }
       }
     
       @Get('ready')
    -  ready() {
    +  async ready() {
    +    try {
    +      await this.database.pool.query('SELECT 1')
    +    } catch {
    +      throw new ServiceUnavailableException('no database')
    +    }
         return { status: 'ok' }
       }
     }
    "
  `)
})

test('the pool of another file is imported', async () => {
  expect(await proposeForFolder(fixer, 'examples/booking', readiness('/health'))).toMatchInlineSnapshot(`
    "--- a/src/app.js
    +++ b/src/app.js
    @@ -5,13 +5,21 @@
     import { bookingRoutes } from './routes/bookings.js'
     import { eventRoutes } from './routes/events.js'
     import { venueRoutes } from './routes/venues.js'
    +import { pool } from './db.js'
     
     export function buildApp() {
       const app = Fastify({ logger: { level: config.logLevel } })
     
       app.register(cookie)
     
    -  app.get('/health', async () => ({ status: 'ok', uptimeSeconds: Math.round(process.uptime()) }))
    +  app.get('/health', async (_request, reply) => {
    +    try {
    +      await pool.query('SELECT 1')
    +    } catch {
    +      return reply.code(503).send({ status: 'unavailable' })
    +    }
    +    return { status: 'ok', uptimeSeconds: Math.round(process.uptime()) }
    +  })
     
       app.register(accountRoutes)
       app.register(venueRoutes, { prefix: '/venues' })
    "
  `)
})

const koa = `const Koa = require('koa');
const Router = require('@koa/router');
const { Pool } = require('pg');

const pool = new Pool();
const router = new Router();
router.get('/ready', (ctx) => {
  ctx.body = 'ready';
});
const app = new Koa();
app.use(router.routes());
`

test('a handler with a body keeps it', async () => {
  expect(await proposeForFiles(fixer, { 'app.js': koa }, readiness('/ready'))).toMatchInlineSnapshot(`
    "--- a/app.js
    +++ b/app.js
    @@ -4,7 +4,14 @@
     
     const pool = new Pool();
     const router = new Router();
    -router.get('/ready', (ctx) => {
    +router.get('/ready', async (ctx) => {
    +  try {
    +    await pool.query('SELECT 1');
    +  } catch {
    +    ctx.status = 503;
    +    ctx.body = { status: 'unavailable' };
    +    return;
    +  }
       ctx.body = 'ready';
     });
     const app = new Koa();
    "
  `)
})

test('nothing for a liveness probe, several pools, or a route out of sight', async () => {
  const manifest = 'livenessProbe:\n  httpGet:\n    path: /ready\n    port: 80\n'
  expect(await proposeForFiles(fixer, { 'app.js': koa, 'k8s.yaml': manifest }, readiness('/ready'))).toBe('')
  const two = `${koa}const reports = new Pool();\n`
  expect(await proposeForFiles(fixer, { 'app.js': two }, readiness('/ready'))).toBe('')
  expect(await proposeForFiles(fixer, { 'app.js': koa }, readiness('/healthz'))).toBe('')
})
