import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { knownRequest, routeOf } from '../../../../../test/support/known-request.ts'
import { type Opened, serviceOf, stageOf, writeApp } from '../../../../../test/support/staged-app.ts'
import type { Config } from '../../model/config.ts'
import postgres from '../../stores/postgres/index.ts'
import type { KnownRequest, Lab } from '../lab.ts'
import { openLoadBench } from './open-load-bench.ts'

const server = `import { createServer } from 'node:http'
import pg from 'pg'
const pool = new pg.Pool({ max: 4 })
pool.on('error', () => {})
let limited = 0
const routes = {
  'GET /notes': async () => (await pool.query('SELECT id, text FROM notes ORDER BY id LIMIT 20')).rows,
  'GET /notes/:id': async ({ id, owner }) => {
    const { rows } = await pool.query('SELECT owner FROM notes WHERE id = $1', [id])
    if (rows[0] === undefined) return 404
    if (rows[0].owner !== owner) return 403
    for (const one of [1, 2, 3]) await pool.query('SELECT text FROM notes WHERE id = $1', [one])
    return rows[0]
  },
  'POST /notes': async ({ body, owner }) => {
    await pool.query('INSERT INTO notes (text, owner) VALUES ($1, $2)', [JSON.parse(body).text, owner])
    return 201
  },
  'POST /open': async () => {
    const { rowCount } = await pool.query("INSERT INTO doors VALUES ('front') ON CONFLICT DO NOTHING")
    return rowCount === 1 ? 201 : 409
  },
  'GET /limited': async () => ((limited += 1) > 5 ? 429 : 'fine'),
}
createServer(async (req, res) => {
  let body = ''
  for await (const part of req) body += part
  const [, word, id] = req.url.split('/')
  const route = routes[req.method + ' /' + word + (id === undefined ? '' : '/:id')]
  const answer = route === undefined ? 404 : await route({ id, body, owner: req.headers['x-user'] }).catch(() => 500)
  if (typeof answer === 'number') res.writeHead(answer).end()
  else res.end(JSON.stringify(answer))
}).listen(process.env.PORT)`

const schema = `CREATE TABLE notes (id serial PRIMARY KEY, text text NOT NULL, owner text NOT NULL);
CREATE TABLE doors (name text PRIMARY KEY);
INSERT INTO notes (text, owner) SELECT 'note ' || n, CASE WHEN n <= 3 THEN 'ann' ELSE 'bob' END FROM generate_series(1, 5) n;`

const log = `h - - [x] "GET /notes HTTP/1.1" 200 1
h - - [x] "GET /notes?page=2 HTTP/1.1" 200 1
h - - [x] "GET /notes/2 HTTP/1.1" 200 1
h - - [x] "POST /notes HTTP/1.1" 201 1
h - - [x] "POST /open HTTP/1.1" 201 1
h - - [x] "GET /limited HTTP/1.1" 200 1
`

const ann = { headers: { 'x-user': 'ann' } }
const bob = { headers: { 'x-user': 'bob' } }
const read = { statements: { postgres: 1 } }
const write = { statements: { postgres: 1 }, writes: { postgres: 1 } }
const known: KnownRequest[] = [
  knownRequest('GET', '/notes', { ...ann, ...read }),
  { ...knownRequest('GET', '/notes/2', { ...ann, ...read }), route: routeOf('GET', '/notes/:id') },
  { ...knownRequest('POST', '/notes', { ...ann, ...write, body: { text: 'x {{word}}' } }), status: 201 },
  { ...knownRequest('POST', '/open', write), status: 201 },
  knownRequest('GET', '/limited'),
  { ...knownRequest('DELETE', '/notes/1', write), route: routeOf('DELETE', '/notes/:id') },
]

let dir = ''
const opened: Opened[] = []
const labs: Lab[] = []

beforeAll(async () => {
  dir = await writeApp({
    'server.js': server,
    'package.json': '{"type": "module", "scripts": {"start": "node server.js"}}',
    'migrations/001.sql': schema,
    'access.log': log,
  })
})
afterAll(async () => {
  for (const lab of labs) await lab.close()
  for (const one of opened) await one.close()
  await rm(dir, { recursive: true })
})

const { signal } = new AbortController()

const openLab = async (load: Config['load'] = {}) => {
  const stores = [{ store: 'postgres', client: 'pg', version: null, place: null, hardCoded: null }]
  const migrations = [{ tool: 'sql', dir: 'migrations', files: 1, apply: null }]
  const service = serviceOf({ stores, migrations, routes: known.map(({ route }) => route) })
  const staged = await stageOf(dir, service, { load }, [postgres])
  opened.push(staged)
  const lab = await staged.stage.open({ seed: 1, known, signal })
  labs.push(lab)
  return Object.assign(lab, { accounts: [ann, bob] })
}

test('a workload is what can be sent again and again, with what each operation costs', async () => {
  const bench = await openLoadBench(await openLab({ users: 5, accessLog: 'access.log' }), { signal })
  const { operations, left, weights, users, limits } = bench.workload
  expect(operations.map(({ name, weight, effect, variants }) => [name, weight, effect, variants])).toEqual([
    ['GET /notes', 2, 'reads', 2],
    ['GET /notes/:id', 1, 'reads', 5],
    ['POST /notes', 1, 'writes', 2],
  ])
  expect(left).toEqual([
    { name: 'DELETE /notes/:id', reason: 'it deletes: the second time there is nothing left of it' },
    { name: 'POST /open', reason: 'its answer changed from 201 to 409 when it was repeated' },
    {
      name: 'GET /limited',
      reason: 'the app limits the rate of requests: it answered 429 when it was repeated',
    },
  ])
  expect([weights, users]).toEqual(['access log, 6 lines', 2])
  expect(limits).toEqual([
    '5 users were asked for; there are 2 accounts',
    '2 lines of the access log are of requests that are not sent',
  ])

  const [list, one, make] = operations.map(({ cost }) => cost)
  expect(list).toMatchObject({ statements: 1, repeated: null })
  expect(list?.bytes).toBeGreaterThan(100)
  expect(one).toMatchObject({
    statements: 4,
    repeated: { times: 3, shape: 'select text from notes where id = ?' },
  })
  expect(make).toMatchObject({ statements: 1, bytes: 0 })

  const window = await bench.window({
    arrivals: { kind: 'constant', ratePerSecond: 50 },
    seconds: 2,
    slowMs: 1_000,
  })
  const meant = window.load.operations.reduce((sum, operation) => sum + operation.meant, 0)
  const answered = window.load.operations.reduce((sum, operation) => sum + operation.answered, 0)
  expect([meant, answered]).toEqual([100, 100])
  expect(window.load.operations.map(({ statuses }) => Object.keys(statuses))).toEqual([
    ['200'],
    ['200'],
    ['201'],
  ])
  expect(window.sessions?.sessions).toBeGreaterThan(0)
  expect(window.sessions?.samples).toBeGreaterThan(3)
  expect(window.gauge.appCores).toBeGreaterThan(0)
  expect(window.gauge.storeCores).toBeGreaterThan(0)
  expect(window.sentinel?.n).toBeGreaterThan(20)

  const only = await bench.window({
    arrivals: { kind: 'constant', ratePerSecond: 50 },
    seconds: 30,
    slowMs: 1_000,
    only: ['GET /notes'],
    stopWhen: (ticks) => ticks.length >= 5,
  })
  expect(only.load.operations.map(({ name }) => name)).toEqual(['GET /notes'])
  expect(only.load.sendingMs).toBeLessThan(15_000)
  await bench.close()
})

test('tables are filled first, weights are taken as they are declared, and writes may be left out', async () => {
  const load = { rows: 300, weights: { 'GET /notes': 3, 'POST /notes': 1, 'DELETE /notes/:id': 1 } }
  const lab = await openLab(load)
  const bench = await openLoadBench(lab, { signal, reads: true })
  const { operations, left, weights, grown } = bench.workload
  expect(operations.map(({ name, weight }) => [name, weight])).toEqual([['GET /notes', 3]])
  expect(left).toContainEqual({ name: 'POST /notes', reason: 'it writes, and only reads are sent' })
  expect(weights).toBe('declared')
  expect(grown.map(({ table, after }) => [table, after])).toContainEqual(['notes', 300])
  await bench.close()
})

test('an app without a store is measured, too', async () => {
  const bare = await writeApp({
    'server.js': `require('node:http').createServer((req, res) => res.end('ok')).listen(process.env.PORT)`,
    'package.json': '{"scripts": {"start": "node server.js"}}',
  })
  const health = [knownRequest('GET', '/health')]
  const service = serviceOf({ routes: health.map(({ route }) => route) })
  const staged = await stageOf(bare, service)
  opened.push(staged)
  const lab = await staged.stage.open({ seed: 1, known: health, signal })
  labs.push(lab)
  const bench = await openLoadBench(lab, { signal })
  const [operation] = bench.workload.operations
  expect(operation).toMatchObject({
    name: 'GET /health',
    variants: 1,
    cost: { statements: null, repeated: null, slowest: null, bytes: 2 },
  })
  const arrivals = { kind: 'poisson', ratePerSecond: 50 } as const
  const window = await bench.window({ arrivals, seconds: 1, slowMs: 1_000 })
  expect([window.load.operations[0]?.errors, window.sessions]).toEqual([{}, null])
  expect(window.load.operations[0]?.answered).toBe(window.load.operations[0]?.meant)
  await bench.close()
  await rm(bare, { recursive: true })
})
