import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Opened, serviceOf, stageOf, writeApp } from '../../../../test/support/staged-app.ts'
import postgres from '../stores/postgres/index.ts'

const server = `import { createServer } from 'node:http'
import pg from 'pg'
const pool = new pg.Pool()
pool.on('error', () => {})
const answer = {
  POST: async () => (await pool.query("INSERT INTO notes (text) VALUES ('x') RETURNING id")).rows[0],
  GET: async () => (await pool.query('SELECT count(*)::int AS n FROM notes')).rows[0],
}
createServer(async (req, res) => {
  try {
    res.end(JSON.stringify(await answer[req.method]()))
  } catch {
    res.writeHead(503).end()
  }
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
  opened = await stageOf(dir, serviceOf({ stores, migrations }), {}, [postgres])
})
afterAll(async () => {
  await opened.close()
  await rm(dir, { recursive: true })
})

const open = (ownStores: boolean) =>
  opened.stage.open({ seed: 1, known: [], signal: new AbortController().signal, ownStores })

test('a lab with a store of its own may kill it, and no other lab notices', async () => {
  const [own, other] = await Promise.all([open(true), open(false)])
  const ask = async (lab: typeof own, method: string) => {
    const { status, body } = await lab.http.request({ method, path: '/' })
    return status === 200 ? JSON.parse(body) : status
  }
  expect(other.store?.server).toBeUndefined()
  expect(await ask(own, 'POST')).toEqual({ id: 1 })
  expect(await ask(other, 'GET')).toEqual({ n: 0 })

  const killed = own.store?.server
  await killed?.kill()
  expect(await ask(own, 'GET')).toBe(503)
  expect(await ask(other, 'POST')).toEqual({ id: 1 })
  await killed?.start()
  await expect.poll(() => ask(own, 'GET'), { timeout: 20_000 }).toEqual({ n: 1 })
  expect((await own.store?.digest())?.counts).toEqual({ notes: 1 })
  expect(own.store?.wire.statements().length).toBeGreaterThan(1)

  await killed?.kill()
  await Promise.all([own.close(), other.close()])
})
