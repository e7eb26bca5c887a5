import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { openProject } from '../../instruments/source/open-project.ts'
import javascript from '../../languages/javascript/index.ts'
import fastify from './index.ts'

const roots: string[] = []
afterEach(() => {
  for (const root of roots.splice(0)) rmSync(root, { recursive: true, force: true })
})

const read = async (files: Record<string, string>, examples = new Map<string, string>()) => {
  const root = mkdtempSync(join(tmpdir(), 'plimsoll-fastify-'))
  roots.push(root)
  const manifest = JSON.stringify({ name: 'harbour', dependencies: { fastify: '^5.0.0' } })
  for (const [file, text] of Object.entries({ 'package.json': manifest, ...files })) {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), text)
  }
  const project = await openProject(root)
  const [module] = javascript.modules(project)
  if (module === undefined) throw new Error('no module')
  return fastify.routes(project, { ...module, examples }, project.files)
}

const shown = async (files: Record<string, string>) =>
  (await read(files)).routes.map(
    ({ method, path, guard, validator }) => `${method} ${path} ${guard} ${validator}`,
  )

test('follows shorthand, route() and prefixes', async () => {
  const app = `
    import Fastify from 'fastify'
    import berths from './berths.js'
    const app = Fastify({ logger: true })
    app.get('/health', async () => ({ ok: true }))
    app.register(berths, { prefix: '/v1' })
    app.route({ method: ['GET', 'HEAD'], url: '/ships/:id', handler: async () => ({}) })
    await app.listen({ port: 3000 })`
  const berths = `
    export default async function (fastify, options) {
      fastify.get('/berths', { schema: { querystring: { type: 'object' } } }, list)
      fastify.post('/berths', { schema: { body: { type: 'object', required: ['name'], properties: { name: { type: 'string' } } } } }, add)
      fastify.register(async (inner) => { inner.delete('/:id', async () => null) }, { prefix: '/berths' })
    }
    const list = async () => []
    const add = async (request) => request.body.name`
  expect(await shown({ 'app.js': app, 'berths.js': berths })).toEqual([
    'GET /health no no',
    'GET /v1/berths no no',
    'POST /v1/berths no yes',
    'DELETE /v1/berths/:id no no',
    'GET /ships/:id no no',
    'HEAD /ships/:id no no',
  ])
})

test('a wrapped plugin decorates its parent, and its hook guards what comes after', async () => {
  const app = `
    const fastify = require('fastify')()
    const fp = require('fastify-plugin')
    fastify.register(fp(async (instance) => {
      instance.decorate('authenticate', async (request, reply) => {
        if (!request.headers.authorization) reply.code(401).send()
      })
    }))
    fastify.register(async (instance) => {
      instance.addHook('onRequest', instance.authenticate)
      instance.get('/logbook', async () => [])
    })
    fastify.get('/tide', { preHandler: [fastify.authenticate] }, async () => [])
    fastify.get('/open', async () => [])`
  expect(await shown({ 'app.js': app })).toEqual([
    'GET /logbook yes no',
    'GET /tide yes no',
    'GET /open no no',
  ])
})

test('reads a folder that autoload registers', async () => {
  const app = `
    import autoload from '@fastify/autoload'
    import { join } from 'node:path'
    export default async function (fastify, opts) {
      fastify.register(autoload, { dir: join(import.meta.dirname, 'routes'), options: { prefix: '/api' }, routeParams: true })
    }`
  const files = {
    'app.js': app,
    'routes/root.js': `export default async (fastify) => { fastify.get('/', async () => 1) }`,
    'routes/ships/index.js': `export default async (fastify) => { fastify.get('/', async () => 1) }`,
    'routes/ships/_id/cargo.js': `export const autoPrefix = '/cargo'\nexport default async (fastify) => { fastify.post('/', async () => 1) }`,
    'routes/ships/ignored.js': `export default async (fastify) => { fastify.get('/never', async () => 1) }`,
  }
  expect(await shown(files)).toEqual(['GET /api no no', 'GET /api/ships no no', 'POST /api/cargo no no'])
})

test('follows the options that autoload hands on, to a prefix that the env file gives', async () => {
  const app = `
    const fastify = require('fastify')()
    const fp = require('fastify-plugin')
    const envSchema = require('env-schema')
    const config = async () => {
      const env = envSchema({ dotenv: true, schema: { type: 'object' } })
      return { prefix: env.PREFIX, lost: process.env.LOST }
    }
    const server = async (app, options) => {
      app.register(require('@fastify/autoload'), { dir: __dirname + '/routes', options, dirNameRoutePrefix: false })
      app.register(async (inner) => inner.get('/buoys', async () => []), { prefix: options.lost })
    }
    config().then((options) => fastify.register(fp(server), options))`
  const files = {
    'app.js': app,
    'routes/ships/index.js': `module.exports = require('fastify-plugin')(async (app, { prefix }) => {
      app.get(prefix + 'ships/:id', async () => 1)
    })`,
  }
  const { routes, unresolved } = await read(files, new Map([['PREFIX', '/api']]))
  expect(routes.map(({ path }) => path)).toEqual(['/api/ships/:id'])
  expect(unresolved.map(({ why }) => why)).toEqual(['the path depends on the environment variable LOST'])
})

test('keeps a literal body schema, and tells what it cannot resolve', async () => {
  const app = `
    const fastify = require('fastify')()
    const schema = { body: { type: 'object', properties: { tons: { type: 'integer' } } } }
    fastify.post('/cargo', { schema }, async (request) => request.body.tons)
    fastify.register(require(process.env.PLUGIN))`
  const { routes, unresolved } = await read({ 'app.js': app })
  expect(routes[0]?.schemas?.body).toEqual({ type: 'object', properties: { tons: { type: 'integer' } } })
  expect(routes[0]?.reads?.body).toEqual(['tons'])
  expect(unresolved.map(({ what, place }) => `${what} ${place.file}:${place.line}`)).toEqual([
    'what register() adds app.js:5',
  ])
})

test('reads a body schema that is written as a chain of calls', async () => {
  const app = `
    const fastify = require('fastify')()
    const S = require('fluent-json-schema')
    const user = S.object().prop('email', S.string().format(S.FORMATS.EMAIL).required()).prop('age', S.integer().minimum(18))
    fastify.post('/users', { schema: { body: S.object().id('u').prop('user', user).required() } }, async () => 1)`
  const { routes } = await read({ 'app.js': app })
  expect(routes[0]?.schemas?.body).toEqual({
    type: 'object',
    properties: {
      user: {
        type: 'object',
        properties: { email: { type: 'string', format: 'email' }, age: { type: 'integer', minimum: 18 } },
        required: ['email'],
      },
    },
    required: ['user'],
  })
})

test('a client with the same verbs is no server', async () => {
  const app = `
    const fastify = require('fastify')()
    const client = require('./client')
    fastify.get('/a', async () => client.get('/b', { timeout: 1 }))`
  expect(await shown({ 'app.js': app, 'client.js': 'module.exports = { get: async () => 1 }' })).toEqual([
    'GET /a no no',
  ])
})
