import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { worded } from '../../../../../test/support/exchange.ts'
import { openProject } from '../../instruments/source/open-project.ts'
import type { System } from '../../model/system.ts'
import standard from '../../standards/integrity.durability/index.ts'
import inspection from './index.ts'
import { purposeOf } from './purpose.ts'
import { readConf } from './read-conf.ts'
import { readSql } from './read-sql.ts'
import { readYaml } from './read-yaml.ts'

const system: System = {
  ...{ name: 'stock', commit: null, dirty: false, services: [], infra: [], contracts: [], workspaces: [] },
  ...{ files: { read: 0, bytes: 0 }, problems: [] },
}

const inspect = async (path: string) => {
  const source = await openProject(fileURLToPath(new URL(`../../../../../${path}`, import.meta.url)))
  const seen = await inspection.inspect(system, source, { signal: new AbortController().signal })
  return inspection.judge(inspection.observes.parse(seen), standard)
}

test('the broken twin turns off fsync where it is deployed', async () => {
  expect((await inspect('specimens/fastify/durability-settings/broken')).map(worded)).toMatchInlineSnapshot(`
    [
      {
        "detail": "compose.production.yaml:10 · command: postgres -c shared_buffers=1GB -c fsync=off -c full_page_writes=off",
        "severity": "high",
        "status": "refuted",
        "subject": "compose.production.yaml: full_page_writes",
        "tier": "defect",
        "title": "full_page_writes is off: a power cut can leave torn pages that no recovery repairs",
      },
      {
        "detail": "compose.production.yaml:10 · command: postgres -c shared_buffers=1GB -c fsync=off -c full_page_writes=off",
        "severity": "high",
        "status": "refuted",
        "subject": "compose.production.yaml: fsync",
        "tier": "defect",
        "title": "fsync is off: a power cut can destroy the whole database",
      },
    ]
  `)
})

test('the fixed twin is proven, and what that leaves open is said', async () => {
  const judged = await inspect('specimens/fastify/durability-settings/fixed')
  expect(judged.map(({ status }) => status)).toEqual(['proven'])
  expect(judged[0]?.notCovered).toContain('settings of a managed or already running database')
})

test('a file that does not say what it is for is a suspicion beside the proof', () => {
  const one = { name: 'fsync' as const, place: { file: 'compose.yaml', line: 4 }, excerpt: '-c fsync=off' }
  const judged = inspection.judge(
    { read: ['compose.yaml'], declared: [{ ...one, production: false }] },
    standard,
  )
  expect(judged.map(({ status, tier }) => [status, tier])).toEqual([
    ['proven', undefined],
    ['refuted', 'suspicion'],
  ])
  expect(inspection.judge({ read: [], declared: [] }, standard)[0]?.status).toBe('not-applicable')
})

test.each([
  ['compose.production.yaml', 'production'],
  ['deploy/prod/postgresql.conf', 'production'],
  ['docker-compose.prod.yml', 'production'],
  ['compose.yaml', 'unsaid'],
  ['migrations/004_products.sql', 'unsaid'],
  ['docker-compose.test.yml', 'elsewhere'],
  ['tests/prod/compose.yaml', 'elsewhere'],
  ['.github/workflows/build.yml', 'elsewhere'],
  ['docs/production.yaml', 'elsewhere'],
  ['compose.dev.yaml', 'elsewhere'],
])('%s is for: %s', (file, purpose) => {
  expect(purposeOf(file)).toBe(purpose)
})

test.each([
  ['fsync = off', ['fsync']],
  ['fsync off', ['fsync']],
  ["Full_Page_Writes='no' # faster", ['full_page_writes']],
  ['#fsync = off', []],
  ['fsync = on', []],
  ['fsync = off\nfsync = on', []],
  ['synchronous_commit = local', []],
  ['appendfsync = no', []],
])('postgresql.conf: %s', (text, names) => {
  expect(readConf(text).map(({ name }) => name)).toEqual(names)
})

test.each([
  ['ALTER DATABASE shop SET synchronous_commit = off;', ['synchronous_commit']],
  ["ALTER SYSTEM SET fsync TO 'off';", ['fsync']],
  ['SET synchronous_commit TO off;', ['synchronous_commit']],
  [
    "EXECUTE format('ALTER DATABASE %I SET synchronous_commit = off', current_database());",
    ['synchronous_commit'],
  ],
  ['BEGIN; SET LOCAL synchronous_commit = off; COMMIT;', []],
  ['-- SET synchronous_commit = off\nSELECT 1;', []],
  ['/* ALTER SYSTEM SET fsync = off */', []],
  ['ALTER ROLE app SET synchronous_commit TO on;', []],
  ['UPDATE devices SET fsync = 0;', []],
  ['DO $$ BEGIN SET synchronous_commit = off; END $$', ['synchronous_commit']],
])('SQL: %s', (text, names) => {
  expect(readSql(text).map(({ name }) => name)).toEqual(names)
})

test.each([
  [{ command: 'postgres -c fsync=off -c max_connections=200' }, ['fsync']],
  [{ command: ['postgres', '-c', 'full_page_writes=off'] }, ['full_page_writes']],
  [{ args: ['--synchronous-commit=off', '--fsync=on'] }, ['synchronous_commit']],
  [{ environment: { PGOPTIONS: '-c synchronous_commit=off' } }, ['synchronous_commit']],
  [{ command: ['redis-server', '--appendfsync', 'no'] }, []],
  [{ labels: ['fsync=off'] }, []],
])('YAML: %o', (service, names) => {
  expect(readYaml([{ services: { db: service } }])).toEqual(names)
})
