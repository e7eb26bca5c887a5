import { expect, test } from 'vitest'
import { writeFixture } from '../../instruments/source/write-fixture.ts'
import { System } from '../../model/system.ts'
import command from './index.ts'

const run = async (dir: string, options: object) => {
  let text = ''
  const code = await (await command.load())(command.input.parse({ dir, ...options }), {
    cwd: dir,
    stdout: { write: (part: string) => (text += part), columns: 80 },
    stderr: { write: () => true },
    env: {},
    signal: new AbortController().signal,
  })
  return { code, text }
}

const fixture = () =>
  writeFixture({
    'package.json': {
      name: 'orders',
      engines: { node: '>=20' },
      dependencies: { pg: '^8.0.0' },
      scripts: {
        start: 'node src/server.js',
        migrate: 'node migrate.js',
        seed: 'node seed.js',
        test: 'node --test',
      },
    },
    'package-lock.json': { lockfileVersion: 3, packages: { 'node_modules/pg': { version: '8.16.0' } } },
    'src/server.js': `
      const http = require('node:http')
      const { Pool } = require('pg')
      new Pool({ connectionString: process.env.DATABASE_URL })
      http.createServer(() => {}).listen(process.env.PORT || 3000)`,
    'migrations/001.sql': '',
    '.env.example': 'DATABASE_URL=postgres://localhost/orders\n',
    'openapi.yaml': 'openapi: 3.1.0\npaths: { /orders: { get: {} } }\n',
  })

test('people get one fact a line, within 80 columns', async () => {
  const { dir, remove } = fixture()
  try {
    const { code, text } = await run(dir, {})
    expect(code).toBe(0)
    expect(text.replace(/^.*\n/, '')).toMatchInlineSnapshot(`
      "
        orders                                                              JavaScript
          store          PostgreSQL through pg 8.16.0
          start          npm start
          port           3000, from PORT
          variables      2 read · 0 required
          migrations     1 by sql in migrations · npm run migrate
          seeds          npm run seed
          tests          npm test
          packages       npm · not installed: npm ci · wants node >=20

          no routes found

        around it
          env            .env.example · 1 variable

        contracts
          openapi 3.1.0  1 operation · openapi.yaml
      "
    `)
    const [, ...lines] = text.split('\n')
    expect(lines.filter((line) => line.length > 80)).toEqual([])
  } finally {
    remove()
  }
})

test('--json prints the System', async () => {
  const { dir, remove } = fixture()
  try {
    const { text } = await run(dir, { json: true })
    expect(System.parse(JSON.parse(text)).services[0]?.name).toBe('orders')
  } finally {
    remove()
  }
})

test('a folder that is none is a fault with a hint', async () => {
  await expect(run('/nowhere/at/all', {})).rejects.toMatchObject({ code: 'E_NOT_A_FOLDER', exitCode: 2 })
})
