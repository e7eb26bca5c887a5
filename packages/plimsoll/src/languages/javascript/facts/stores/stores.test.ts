import { expect, test } from 'vitest'
import { readFixture } from '../read-fixture.ts'

const usesOf = async (dependencies: Record<string, string>, files: Record<string, string>) => {
  const read = await readFixture({ 'package.json': { name: 'app', dependencies }, ...files })
  const { clients = [], hardCoded } = read.of('.')
  return [clients.map(({ client, speaks }) => `${client} → ${speaks}`), hardCoded.map((one) => one.text)]
}

test('a library with a dialect takes it from its configuration, and the driver is not told twice', async () => {
  expect(
    await usesOf(
      { knex: '3', pg: '8', sqlite3: '5' },
      { 'db.js': `require('knex')({ client: 'pg', connection: process.env.DATABASE_URL })` },
    ),
  ).toEqual([['knex → postgres', 'sqlite3 → sqlite'], []])
  expect(
    await usesOf(
      { typeorm: '0.3', pg: '8' },
      {
        'ds.ts': `export default new DataSource({ type: 'postgres', host: process.env.DB_HOST, synchronize: true })`,
      },
    ),
  ).toEqual([['typeorm → postgres'], []])
  expect(
    await usesOf(
      { sequelize: '6', mysql2: '3' },
      { 'db.js': `new Sequelize('a', 'b', 'c', { dialect: 'mysql', host: process.env.H })` },
    ),
  ).toEqual([['sequelize → mysql'], []])
  expect(
    await usesOf(
      { 'drizzle-orm': '1', pg: '8' },
      { 'db.ts': `import { drizzle } from 'drizzle-orm/node-postgres'\nimport { Pool } from 'pg'` },
    ),
  ).toEqual([['drizzle-orm → postgres', 'pg → postgres'], []])
  expect(
    await usesOf(
      { '@prisma/client': '5' },
      {
        'prisma/schema.prisma':
          'datasource db {\n  provider = "postgresql"\n  url = env("DATABASE_URL")\n}\n',
        'a.js': '',
      },
    ),
  ).toEqual([['prisma → postgres'], []])
})

test('without a configuration the only driver decides', async () => {
  expect(
    await usesOf({ knex: '3', pg: '8' }, { 'db.js': `module.exports = require('knex')(load())` }),
  ).toEqual([['knex → postgres'], []])
})

test('drivers that only tests import are no stores', async () => {
  const read = await readFixture({
    'package.json': { name: 'app', dependencies: { pg: '8' }, devDependencies: { sqlite3: '5' } },
    'db.js': `const { Pool } = require('pg')`,
    'test/db.js': `require('sqlite3')`,
  })
  expect(read.of('.').clients?.map((use) => use.client)).toEqual(['pg'])
})

test('an address in the source is told, one that only stands in for a variable is not', async () => {
  const [, addresses] = await usesOf(
    { pg: '8', redis: '4' },
    {
      'a.js': `const { Pool } = require('pg')
        new Pool({ host: 'db.internal', port: 5433, user: 'u', password: 'p', database: 'd' })
        new Pool({ host: process.env.PGHOST || 'localhost', user: 'u', database: 'd' })
        new Pool({ connectionString: process.env.DATABASE_URL || 'postgres://localhost/dev' })
        redis.createClient({ url: 'redis://cache:6379' })`,
    },
  )
  expect(addresses).toEqual(['db.internal:5433', 'redis://cache:6379'])
})
