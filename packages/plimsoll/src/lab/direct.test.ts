import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Opened, serviceOf, stageOf, writeApp } from '../../../../test/support/staged-app.ts'
import postgres from '../stores/postgres/index.ts'
import type { Lab } from './lab.ts'

const server = `import { createServer } from 'node:http'
import pg from 'pg'
const pool = new pg.Pool()
pool.on('error', () => {})
const born = Math.random()
createServer(async (req, res) => {
  if (req.url === '/born') return res.end(String(born))
  if (req.url === '/busy') for (const until = Date.now() + 200; Date.now() < until; );
  const sql = req.method === 'POST' ? "INSERT INTO notes (text) VALUES ('x')" : 'SELECT text FROM notes'
  const { rows } = await pool.query(sql)
  res.end(JSON.stringify({ rows, port: process.env.PGPORT }))
}).listen(process.env.PORT)`

let dir: string
let opened: Opened

beforeAll(async () => {
  dir = await writeApp({
    'server.js': server,
    'package.json': '{"type": "module", "scripts": {"start": "node server.js"}}',
    'migrations/001.sql': 'CREATE TABLE notes (id serial PRIMARY KEY, text text);',
  })
  const stores = [{ store: 'postgres', client: 'pg', version: null, place: null, hardCoded: null }]
  const migrations = [{ tool: 'sql', dir: 'migrations', files: 1, apply: null }]
  const service = serviceOf({ stores, migrations, command: 'npm start' })
  opened = await stageOf(dir, service, { load: { rate: 50 } }, [postgres])
})
afterAll(async () => {
  await opened.close()
  await rm(dir, { recursive: true })
})

const open = (ownStores = false) =>
  opened.stage.open({ seed: 1, known: [], signal: new AbortController().signal, ownStores })

const ask = async (lab: Lab, method: string, path = '/') => {
  const { status, body } = await lab.http.request({ method, path })
  return status === 200 ? JSON.parse(body) : status
}

test.each([
  ['a server that others use, too', false],
  ['a server of its own', true],
])('past the wire to %s', async (_, ownStores) => {
  const lab = await open(ownStores)
  expect(await ask(lab, 'POST')).toEqual({ rows: [], port: String(lab.store?.wire.port) })
  const born = await ask(lab, 'GET', '/born')
  const seen = lab.store?.wire.statements().length ?? 0
  expect(seen).toBeGreaterThan(0)
  let renewed = 0
  const renew = async () => {
    renewed += 1
  }
  Object.assign(lab, { renew })

  await lab.direct?.()
  const port = String(lab.store?.database.endpoint?.port)
  expect(await ask(lab, 'GET')).toEqual({ rows: [{ text: 'x' }], port })
  expect(await ask(lab, 'GET', '/born')).not.toBe(born)
  expect(lab.store?.wire.statements()).toHaveLength(seen)
  expect(renewed).toBe(1)

  const pid = lab.target.pid
  await lab.direct?.()
  expect(lab.target.pid).toBe(pid)
  await lab.target.restart()
  expect((await lab.target.ready(60_000)).ready).toBe(true)
  expect(await ask(lab, 'GET')).toEqual({ rows: [{ text: 'x' }], port })
  expect(lab.store?.wire.statements()).toHaveLength(seen)
  await lab.close()
})

test('load reaches the app, and ends with the lab', async () => {
  const lab = await open()
  const { hostname: host, port } = new URL(lab.http.baseUrl)
  const request = { method: 'GET', path: '/', headers: {} }
  const run = lab.load().run({
    target: { host, port: Number(port) },
    protocol: 'http/1.1',
    operations: [{ name: 'GET /', weight: 1, requests: [request] }],
    arrivals: { kind: 'constant', ratePerSecond: 20 },
    ...{ durationMs: 500, connections: 4, timeoutMs: 30_000, slowMs: 30_000, seed: 1 },
  })
  const { operations } = await run.done
  expect(operations[0]?.statuses).toEqual({ 200: 10 })
  expect(lab.load()).toBe(lab.load())
  await lab.close()
})

test('the gauge sees the app and its store, behind whatever starts them', async () => {
  const lab = await open()
  const end = lab.gauge.start()
  await ask(lab, 'GET', '/busy')
  const reading = end()
  expect(lab.wishes).toEqual({ rate: 50 })
  await lab.close()
  if (process.platform !== 'linux') return
  expect(reading.appCores).toBeGreaterThan(0)
  expect(reading.appBusiestThread).toBeGreaterThan(0)
  expect(reading.appMemoryMb).toBeGreaterThan(10)
  expect(reading.appDescriptors).toBeGreaterThan(3)
  expect(reading.storeCores).not.toBeNull()
  expect(reading.foreignCores).not.toBeNull()
})
