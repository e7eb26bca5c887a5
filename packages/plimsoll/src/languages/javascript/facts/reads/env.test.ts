import { expect, test } from 'vitest'
import { readFixture } from '../read-fixture.ts'

const envOf = async (
  source: string,
  dependencies: Record<string, string> = {},
  more: Record<string, string | object> = {},
) => {
  const read = await readFixture({
    'package.json': { name: 'app', dependencies },
    'index.js': source,
    ...more,
  })
  return Object.fromEntries(
    read.of('.').env.map((one) => [one.name, one.required === true ? 'required' : one.default]),
  )
}

test('every form of reading process.env is seen, with the default around it', async () => {
  const env = await envOf(`
    const a = process.env.PLAIN
    const b = process.env['QUOTED'] || 'b'
    const { TAKEN, RENAMED: other = 'r' } = process.env
    const port = Number(process.env.PORT ?? 3000)
    const wrapped = parseInt(process.env.POOL, 10) || 5
    const flag = readFlag(process.env.FLAG, true)
    const cert = fs.readFileSync(process.env.CERT, 'utf8')
    const first = process.env.HTTP_PORT || process.env.WEB_PORT || 8080
    const mode = process.env.MODE ? process.env.MODE : 'dev'
    const env = process.env
    const aliased = env.ALIASED ?? 'x'
    process.env.WRITTEN = 'no read'
    delete process.env.DELETED
    const text = 'process.env.IN_A_STRING' // process.env.IN_A_COMMENT
  `)
  expect(env).toEqual({
    PLAIN: null,
    QUOTED: 'b',
    TAKEN: null,
    RENAMED: 'r',
    PORT: '3000',
    POOL: '5',
    FLAG: 'true',
    CERT: null,
    HTTP_PORT: '8080',
    WEB_PORT: '8080',
    MODE: 'dev',
    ALIASED: 'x',
  })
})

test('a getter of the project counts where it is called, and is required when it throws', async () => {
  const env = await envOf(
    `import { must, get } from './env.js'
     export const config = { key: must('API_KEY'), level: get('LEVEL', 'info') }`,
    {},
    {
      'env.js': `
        export function must(name) { const value = process.env[name]; if (!value) throw new Error(name); return value }
        export const get = (name, fallback) => process.env[name] ?? fallback`,
    },
  )
  expect(env).toEqual({ API_KEY: 'required', LEVEL: 'info' })
})

test('schemas say what is required', async () => {
  expect(
    await envOf(
      `import { z } from 'zod'
       const schema = z.object({ URL: z.string().url(), PORT: z.coerce.number().default(3000), OPT: z.string().optional() })
       export const env = schema.parse(process.env)`,
      { zod: '4' },
    ),
  ).toEqual({ URL: 'required', PORT: '3000', OPT: null })
  expect(
    await envOf(
      `const { cleanEnv, str, port } = require('envalid')
       module.exports = cleanEnv(process.env, { NAME: str(), PORT: port({ default: 3000 }), X: str({ devDefault: 'd' }) })`,
      { envalid: '8' },
    ),
  ).toEqual({ NAME: 'required', PORT: '3000', X: 'd' })
  expect(
    await envOf(
      `const envSchema = require('env-schema')
       const S = require('fluent-json-schema')
       envSchema({ dotenv: true, schema: S.object().prop('A', S.string().required()).prop('B', S.number().default(10)) })`,
      { 'env-schema': '5' },
    ),
  ).toEqual({ A: 'required', B: '10' })
  expect(
    await envOf(
      `import fastifyEnv from '@fastify/env'
       const schema = { type: 'object', required: ['KEY'], properties: { KEY: { type: 'string' }, PORT: { type: 'string', default: 3000 } } }
       app.register(fastifyEnv, { schema })`,
      { '@fastify/env': '4' },
    ),
  ).toEqual({ KEY: 'required', PORT: '3000' })
  expect(
    await envOf(
      `import * as Joi from 'joi'
       ConfigModule.forRoot({ validationSchema: Joi.object({ KEY: Joi.string().required(), PORT: Joi.number().default(3000), X: Joi.string() }) })`,
      { joi: '17', '@nestjs/config': '3' },
    ),
  ).toEqual({ KEY: 'required', PORT: '3000', X: null })
})

test('getters of libraries are read where the library is imported', async () => {
  expect(
    await envOf(
      `import * as env from 'env-var'
       const port = env.get('PORT').default('3000').asPortNumber()
       const url = env.get('URL').required().asString()`,
      { 'env-var': '7' },
    ),
  ).toEqual({ PORT: '3000', URL: 'required' })
  expect(
    await envOf(
      `import { ConfigService } from '@nestjs/config'
       class A { constructor(config) { this.config = config }
         run() { this.config.get('HOST', 'localhost'); this.config.getOrThrow('SECRET'); this.cache.get('NOT_ENV') } }`,
      { '@nestjs/config': '3' },
    ),
  ).toEqual({ HOST: 'localhost', SECRET: 'required' })
  expect(
    await envOf(
      `const convict = require('convict')
       convict({ port: { format: 'port', default: 8080, env: 'PORT' } })`,
      { convict: '6' },
    ),
  ).toEqual({ PORT: '8080' })
  expect(
    await envOf(
      `const config = require('config')`,
      { config: '3' },
      {
        'config/custom-environment-variables.json': {
          db: { url: 'DB_URL' },
          port: { __name: 'PORT', __format: 'number' },
        },
        'config/default.json': { port: 4000 },
      },
    ),
  ).toEqual({ DB_URL: null, PORT: '4000' })
})

test('tests and tool configuration say nothing about the running app', async () => {
  const env = await envOf(
    'module.exports = process.env.REAL',
    {},
    {
      'test/a.js': 'process.env.ONLY_IN_TESTS',
      'src/a.spec.ts': 'process.env.ONLY_IN_TESTS',
      'vitest.config.ts': 'export default { env: process.env.VITEST_MODE }',
    },
  )
  expect(Object.keys(env)).toEqual(['REAL'])
})
