import { expect, test } from 'vitest'
import { openProject } from '../../instruments/source/open-project.ts'
import { writeFixture } from '../../instruments/source/write-fixture.ts'
import javascript from '../../languages/javascript/index.ts'
import fastify from './index.ts'

const schemasOf = async (files: Record<string, string>) => {
  const { dir, remove } = writeFixture({
    'package.json': { name: 'harbour', dependencies: { fastify: '*' } },
    ...files,
  })
  try {
    const project = await openProject(dir)
    const [module] = javascript.modules(project)
    if (module === undefined) throw new Error('no module')
    const { routes } = await fastify.routes(project, module, project.files)
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
test('schemas beside a route, with what they refer to', async () => {
  const code = `
    import Fastify from 'fastify'
    const app = Fastify()
    app.addSchema({ $id: 'ship', type: 'object', properties: { name: { type: 'string' }, sister: { $ref: 'ship#' } } })
    app.post('/ships', {
      schema: {
        body: { $ref: 'ship#' },
        querystring: { dry: { type: 'boolean' } },
        params: { type: 'object', properties: { id: { type: 'integer' } } },
        response: { 200: { type: 'array', items: { $ref: 'ship#/properties/name' } }, '4xx': { type: 'object', properties: { code: { type: 'string' } } } },
      },
    }, async () => 1)`
  expect((await schemasOf({ 'app.ts': code }))['POST /ships']).toEqual({
    body: {
      $ref: '#/$defs/ship',
      $defs: { ship: object({ name: text, sister: { $ref: '#/$defs/ship' } }) },
    },
    query: object({ dry: { type: 'boolean' } }),
    params: object({ id: { type: 'integer' } }),
    responses: {
      200: { type: 'array', items: { $ref: '#/$defs/name' }, $defs: { name: text } },
      '4XX': object({ code: text }),
    },
  })
})

test('schemas of TypeBox and zod, and what a handler checks itself', async () => {
  const code = `
    import Fastify from 'fastify'
    import { Type } from '@sinclair/typebox'
    import { z } from 'zod'
    const app = Fastify().withTypeProvider()
    app.post('/typebox', { schema: { body: Type.Object({ a: Type.String() }), response: { 201: Type.String() } } }, async () => 1)
    app.withTypeProvider().route({ method: 'POST', url: '/zod', schema: { body: z.object({ a: z.string() }) }, handler: async () => 1 })
    app.post('/own', async (request, reply) => { const { a } = z.object({ a: z.string() }).parse(request.body); return a })`
  expect(await schemasOf({ 'app.ts': code })).toEqual({
    'POST /typebox': { body: object({ a: text }, 'a'), responses: { 201: text } },
    'POST /zod': { body: object({ a: text }, 'a') },
    'POST /own': { body: object({ a: text }, 'a') },
  })
})
