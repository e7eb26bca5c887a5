import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import type { Families } from '../../engine/prove/families.ts'
import { defineExperiment, type Experiment } from '../../experiments/define.ts'
import { frameworks } from '../../frameworks/catalogue.generated.ts'
import { writeFixture } from '../../instruments/source/write-fixture.ts'
import { languages } from '../../languages/catalogue.generated.ts'
import type { ChangeKind } from '../../model/change.ts'
import { standards } from '../../standards/catalogue.generated.ts'
import { stores } from '../../stores/catalogue.generated.ts'
import { deriveObligations, expectedSeconds } from './derive-obligations.ts'
import { readStart, type Start, saveStart, takeStart } from './trees/start.ts'
import { takeTree } from './trees/tree.ts'

const experiment = (
  id: string,
  standard: string,
  seconds: number,
  answersFor: readonly ChangeKind[],
  needs: Experiment['needs'] = ['http'],
): Experiment =>
  defineExperiment({
    ...{ id, title: id, standard, needs, answersFor, effect: 'writes', cost: { seconds } },
    observes: z.null(),
    run: async () => null,
    judge: () => [],
  })

const families: Families = {
  ...{ languages, frameworks, stores, standards, inspections: [] },
  experiments: [
    experiment('speed', 'performance.queries', 20, ['read-route', 'query'], ['read-request']),
    experiment('race', 'integrity.acid', 20, ['write-route']),
    experiment('contract', 'api.contract', 20, ['write-route', 'read-route', 'migration', 'contract']),
    experiment('restart', 'reliability.recovery', 6, ['start-up', 'migration', 'dependencies']),
    experiment('access', 'security.authorization', 15, ['write-route', 'access', 'identity']),
    experiment('errors', 'integrity.validation', 5, ['every-request']),
  ],
}

const FILES = {
  'package.json': { type: 'module', main: 'src/server.js', dependencies: { fastify: '5', pg: '8' } },
  'src/server.js': "import { buildApp } from './app.js'\nawait buildApp().listen({ port: 3000 })\n",
  'src/app.js': `import Fastify from 'fastify'
import { seatRoutes } from './seats.js'

export function buildApp() {
  const app = Fastify()
  app.setErrorHandler((error, request, reply) => {
    reply.code(500).send({ error: 'failed' })
  })
  app.get('/health', () => ({ ok: true }))
  app.register(seatRoutes, { prefix: '/seats' })
  return app
}
`,
  'src/db.js': `import pg from 'pg'

export const pool = new pg.Pool({ max: 10 })

export const query = (sql, values) => pool.query(sql, values)
`,
  'src/stock.js': `import { query } from './db.js'

const FREE = 'SELECT id FROM seats WHERE taken = false'

export const free = () => query(FREE, [])

export class Ledger {
  book(seat) {
    return query('UPDATE seats SET taken = true WHERE id = $1', [seat])
  }
  log(seat) {
    return seat
  }
}
`,
  'src/guard.js':
    "export const requireUser = async (request) => {\n  if (!request.headers.user) throw new Error('no')\n}\n",
  'src/seats.js': `import { requireUser } from './guard.js'
import { free, Ledger } from './stock.js'

const ledger = new Ledger()

export async function seatRoutes(app) {
  app.get('/', async () => free())

  app.post('/:id', { preHandler: requireUser }, async (request) => {
    return ledger.book(request.params.id)
  })
}
`,
  'migrations/001.sql': 'CREATE TABLE seats (id int, taken boolean);\n',
  'README.md': '# Seats\n',
}

const { dir, remove } = writeFixture(FILES)
let start: Start
beforeAll(async () => {
  start = await takeStart(dir, families)
})
afterAll(remove)

const put = (file: string, text: string) => {
  mkdirSync(dirname(join(dir, file)), { recursive: true })
  writeFileSync(join(dir, file), text)
}

/** What is due when texts of a file are replaced, and what is said of the change; all is put back afterwards. */
const due = async (file: string, from: string, to: string) => {
  const before = from === '' ? null : readFileSync(join(dir, file), 'utf8')
  put(file, before === null ? to : before.replace(from, to))
  const duty = deriveObligations(start, await takeTree(dir, families), families)
  if (before === null) rmSync(join(dir, file))
  else put(file, before)
  return {
    changes: duty.changes.map(({ change, what }) => `${change}: ${what}`),
    due: duty.obligations.map(({ probe, subjects }) => [probe, ...subjects].join(' ')),
  }
}

test('nothing changed, nothing is due', async () => {
  const now = await takeTree(dir, families)
  expect(now.hash).toBe(start.hash)
  expect(deriveObligations(start, now, families)).toMatchObject({ files: [], changes: [], obligations: [] })
})

const READ = 'GET /seats'
const WRITE = 'POST /seats/:id'

test.each<[string, string, string, string, string[], string[]]>([
  [
    'a new operation',
    'src/seats.js',
    'async () => free())',
    "async () => free())\n\n  app.delete('/:id', async (request) => ledger.log(request))",
    ['new route: DELETE /seats/:id'],
    ['race DELETE /seats/:id', 'access DELETE /seats/:id', 'contract DELETE /seats/:id'],
  ],
  [
    'an operation that goes',
    'src/app.js',
    "  app.get('/health', () => ({ ok: true }))\n",
    '',
    ['removed route: GET /health'],
    ['contract'],
  ],
  [
    'a handler',
    'src/seats.js',
    'ledger.book(request.params.id)',
    'ledger.book(Number(request.params.id))',
    [`changed handler: ${WRITE}`],
    [`race ${WRITE}`, `access ${WRITE}`, `contract ${WRITE}`],
  ],
  [
    'a method of a class, by what calls it',
    'src/stock.js',
    'SET taken = true',
    'SET taken = NOT taken',
    ['changed query: Ledger.book in src/stock.js'],
    [`race ${WRITE}`, `access ${WRITE}`, `contract ${WRITE}`],
  ],
  [
    'a constant, by what uses it',
    'src/stock.js',
    'SELECT id FROM',
    'SELECT id, taken FROM',
    ['changed query: FREE in src/stock.js'],
    [`speed ${READ}`, `contract ${READ}`],
  ],
  [
    'what everything goes through',
    'src/db.js',
    '=> pool.query',
    '=> pool.query.call(pool, sql, values) ?? pool.query',
    ['changed query: query in src/db.js'],
    [`race ${WRITE}`, `access ${WRITE}`, `speed ${READ}`, `contract ${READ} ${WRITE}`],
  ],
  [
    'code that nobody uses yet',
    'src/stock.js',
    'export class',
    'export const one = () => query(FREE)\n\nexport class',
    ['changed query: one in src/stock.js'],
    ['speed'],
  ],
  [
    'the pool',
    'src/db.js',
    'max: 10',
    'max: 20, idleTimeoutMillis: 1',
    ['changed start-up code: pool in src/db.js'],
    ['restart'],
  ],
  [
    'a guard',
    'src/guard.js',
    'headers.user',
    'headers.account',
    ['changed guard: requireUser in src/guard.js'],
    [`access ${WRITE}`],
  ],
  [
    'what every request meets',
    'src/app.js',
    "'failed'",
    "'broken'",
    ['changed code of every request: src/app.js'],
    ['errors'],
  ],
  [
    'a migration, by the tables it names',
    'migrations/002.sql',
    '',
    'ALTER TABLE seats ADD COLUMN row text;\n',
    ['new migration: migrations/002.sql (seats)'],
    ['restart', `contract ${READ} ${WRITE}`],
  ],
  ['packages', 'package.json', '"pg": "8"', '"pg": "7"', ['changed dependencies: package.json'], ['restart']],
  ['a script that only people run', 'package.json', '"main"', '"scripts": { "dev": "x" }, "main"', [], []],
  ['words about it', 'README.md', 'Seats', 'Places', [], []],
  ['a comment', 'src/seats.js', 'const ledger', '// who took what\nconst ledger', [], []],
  ['a test', 'test/seats.test.js', '', "test('x', () => {})\n", [], []],
])('%s', async (_, file, from, to, changes, obligations) => {
  const found = await due(file, from, to)
  expect(found.changes).toEqual(changes)
  expect(found.due).toEqual(obligations)
})

test('a start that was kept is the same', async () => {
  const file = join(dir, '.plimsoll/sessions/a/start.json')
  await saveStart(start, file)
  expect(await readStart(file)).toEqual(start)
  expect(await readStart(`${file}.gone`)).toBeNull()
})

test('the most important first, with the time that it takes', async () => {
  put('src/seats.js', FILES['src/seats.js'].replace("get('/'", "post('/'"))
  const duty = deriveObligations(start, await takeTree(dir, families), families)
  put('src/seats.js', FILES['src/seats.js'])
  expect(duty.obligations.map(({ probe }) => probe)).toEqual(['race', 'access', 'contract'])
  expect(duty.obligations[0]?.reasons[0]).toEqual({
    ...{ change: 'new route', what: 'POST /seats' },
    place: { file: 'src/seats.js', line: 7 },
  })
  expect(expectedSeconds(duty.obligations, families)).toBe(55)
})

test('code that the app loads counts, whatever its folder is called, and however it gets there', async () => {
  const app = writeFixture({
    'package.json': { type: 'module', main: 'server.js', dependencies: { fastify: '5' } },
    'server.js': `import Fastify from 'fastify'\nimport { list } from './test/list.js'\nconst app = Fastify()\napp.get('/seats', () => list())\napp.listen({ port: 3000 })\n`,
    'test/list.js': 'export const list = () => [1]\n',
    'other/list.js': 'export const list = () => [2]\n',
    '.gitignore': 'generated\n',
    'generated/table.js': 'export default [1]\n',
  })
  const before = await takeStart(app.dir, families)
  const changes = async () => {
    const { changes } = deriveObligations(before, await takeTree(app.dir, families), families)
    return changes.map(({ change, what, operations }) => [change, what, ...operations].join(' '))
  }
  const place = join(app.dir, 'test/list.js')
  writeFileSync(place, 'export const list = () => [3]\n')
  expect(await changes()).toEqual(['changed code list in test/list.js GET /seats'])
  rmSync(place)
  symlinkSync('../other/list.js', place)
  expect(await changes()).toContain('changed code that is not read test/list.js')
  writeFileSync(join(app.dir, 'generated/table.js'), 'export default [2]\n')
  expect(await changes()).toContain('changed code that is not read generated/table.js')
  app.remove()
})
