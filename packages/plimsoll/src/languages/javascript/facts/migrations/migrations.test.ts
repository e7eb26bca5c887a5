import { expect, test } from 'vitest'
import { readFixture } from '../read-fixture.ts'

const migrationsOf = async (manifest: object, files: Record<string, string | object>) => {
  const read = await readFixture({ 'package.json': { name: 'app', ...manifest }, 'index.js': '', ...files })
  const { migrations, seeds } = read.of('.')
  return {
    migrations: migrations.map(({ tool, dir, files: count, apply, atStart }) => [
      tool,
      dir,
      count,
      apply?.command ?? null,
      ...(atStart === true ? ['at start'] : []),
    ]),
    seeds: seeds.map((one) => one.command),
  }
}

test('each tool is known by its packages, its folder and its configuration', async () => {
  expect(
    await migrationsOf(
      { dependencies: { knex: '3' } },
      {
        'knexfile.js': `module.exports = { client: 'pg', migrations: { directory: './db/changes' } }`,
        'db/changes/1_a.js': '',
        'db/changes/2_b.js': '',
        'db/seeds/users.js': '',
      },
    ),
  ).toEqual({
    migrations: [['knex', 'db/changes', 2, 'npx knex migrate:latest']],
    seeds: ['npx knex seed:run'],
  })
  expect(
    await migrationsOf(
      {
        dependencies: { '@prisma/client': '6' },
        devDependencies: { prisma: '6' },
        prisma: { seed: 'tsx prisma/seed.ts' },
      },
      {
        'prisma/schema.prisma': '',
        'prisma/migrations/1_init/migration.sql': '',
        'prisma/migrations/2_more/migration.sql': '',
        'prisma/migrations/migration_lock.toml': '',
      },
    ),
  ).toEqual({
    migrations: [['prisma', 'prisma/migrations', 2, 'npx prisma migrate deploy']],
    seeds: ['npx prisma db seed'],
  })
  expect(
    await migrationsOf(
      { dependencies: { typeorm: '0.3' } },
      {
        'src/data-source.ts': `export default new DataSource({ type: 'postgres', migrations: ['src/changes/*.ts'] })`,
        'src/changes/1-a.ts': '',
      },
    ),
  ).toEqual({
    migrations: [
      ['typeorm', 'src/changes', 1, 'npx typeorm-ts-node-commonjs migration:run -d src/data-source.ts'],
    ],
    seeds: [],
  })
  expect(
    await migrationsOf(
      { dependencies: { 'node-pg-migrate': '7' }, scripts: { migrate: 'node-pg-migrate' } },
      { 'migrations/1_a.js': '' },
    ),
  ).toEqual({ migrations: [['node-pg-migrate', 'migrations', 1, 'npm run migrate -- up']], seeds: [] })
})

test('a script of the package comes before the bare tool', async () => {
  expect(
    await migrationsOf(
      {
        devDependencies: { 'drizzle-kit': '1' },
        scripts: {
          'db:migrate': 'drizzle-kit migrate',
          'db:generate': 'drizzle-kit generate',
          'db:seed': 'node seed.js',
          seed: 'node test/seed.js',
        },
      },
      {
        'drizzle.config.ts': `export default { out: './drizzle', dialect: 'postgresql' }`,
        'drizzle/0000_a.sql': '',
      },
    ),
  ).toEqual({ migrations: [['drizzle', 'drizzle', 1, 'npm run db:migrate']], seeds: ['npm run db:seed'] })
})

test('plain SQL is applied in order of name, unless a script does it', async () => {
  expect(
    await migrationsOf(
      {},
      { 'migrations/001.sql': '', 'migrations/002.sql': '', 'migrations/002.down.sql': '' },
    ),
  ).toEqual({
    migrations: [['sql', 'migrations', 2, null]],
    seeds: [],
  })
  expect(
    await migrationsOf({ scripts: { migrate: 'node migrate.js' } }, { 'db/migrations/001.sql': '' }),
  ).toEqual({
    migrations: [['sql', 'db/migrations', 1, 'npm run migrate']],
    seeds: [],
  })
})

test('a script that is called so counts, wherever it keeps the schema', async () => {
  expect(await migrationsOf({ scripts: { migrate: 'node src/schema.js' } }, { 'src/schema.js': '' })).toEqual(
    { migrations: [['script', null, 0, 'npm run migrate']], seeds: [] },
  )
})

test('an app that migrates while it starts is told from a script that does so by hand', async () => {
  const knexfile = { 'knexfile.js': `module.exports = { client: 'pg' }`, 'migrations/1.js': '' }
  const manifest = { main: 'index.js', dependencies: { knex: '3' } }
  expect(
    await migrationsOf(manifest, {
      ...knexfile,
      'index.js': `require('./db').prepare()`,
      'db.js': `exports.prepare = () => knex.migrate.latest()`,
    }),
  ).toMatchObject({ migrations: [['knex', 'migrations', 1, 'npx knex migrate:latest', 'at start']] })
  expect(
    await migrationsOf(manifest, { ...knexfile, 'scripts/migrate.js': `knex.migrate.latest()` }),
  ).toMatchObject({ migrations: [['knex', 'migrations', 1, 'npx knex migrate:latest']] })
})
