import { rm } from 'node:fs/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { type Opened, serviceOf, stageOf, writeApp } from '../../../../test/support/staged-app.ts'
import type { EnvRead, StoreUse } from '../model/system.ts'
import postgres from '../stores/postgres/index.ts'
import type { Lab } from './lab.ts'

const dirs: string[] = []
const open: Opened[] = []
const app = async (files: Record<string, string>) => {
  const dir = await writeApp(files)
  dirs.push(dir)
  return dir
}
const staged = async (...given: Parameters<typeof stageOf>) => {
  const opened = await stageOf(...given)
  open.push(opened)
  return opened.stage
}
afterEach(async () => {
  for (const each of open.splice(0)) await each.close()
  for (const dir of dirs.splice(0)) await rm(dir, { recursive: true })
})

const labOptions = () => ({ seed: 1, known: [], signal: new AbortController().signal })
const get = async (lab: Lab, path: string) => (await lab.http.request({ method: 'GET', path })).body
const reads = (name: string, example: string | null = null, fallback: string | null = null): EnvRead => ({
  name,
  default: fallback,
  example,
  place: null,
})
const pg: StoreUse = { store: 'postgres', client: 'pg', version: null, place: null, hardCoded: null }

const plain =
  "import { createServer } from 'node:http'\ncreateServer((_, res) => res.end()).listen(process.env.PORT)"
const module = '{"type": "module", "scripts": {"start": "node server.js"}}'
const notes = `import express from 'express'
import pg from 'pg'
const pool = new pg.Pool(CONNECTION)
pool.on('error', () => {})
const app = express()
app.post('/notes', async (_req, res) => res.json((await pool.query("INSERT INTO notes (text) VALUES ('x') RETURNING id")).rows[0]))
app.get('/notes', async (_req, res) => res.json((await pool.query('SELECT count(*)::int AS n FROM notes')).rows[0]))
app.get('/healthz', async (_req, res) => { await pool.query('SELECT 1'); res.json({ ok: true }) })
app.listen(process.env.PORT)`
const sql = { 'migrations/001.sql': 'CREATE TABLE notes (id serial PRIMARY KEY, text text);' }
const migrations = [{ tool: 'sql', dir: 'migrations', files: 1, apply: null }]

describe('a service with PostgreSQL', () => {
  it.each([
    ['DATABASE_URL', '{ connectionString: process.env.DATABASE_URL }', [reads('DATABASE_URL')]],
    [
      'parts',
      '{ host: process.env.DB_HOST, port: Number(process.env.DB_PORT), user: process.env.DB_USER, password: process.env.DB_PASSWORD, database: process.env.DB_NAME }',
      ['DB_HOST', 'DB_PORT', 'DB_USER', 'DB_PASSWORD', 'DB_NAME'].map((name) => reads(name)),
    ],
    ['what pg itself reads', '', []],
  ])('reaches it through the wire: %s', async (_, connection, env) => {
    const dir = await app({
      'server.js': notes.replace('CONNECTION', connection),
      'package.json': module,
      ...sql,
    })
    const stage = await staged(dir, serviceOf({ stores: [pg], env, migrations }), {}, [postgres])
    expect(stage.concurrent).toBe(true)
    const [one, two] = await Promise.all([stage.open(labOptions()), stage.open(labOptions())])
    expect(one.health).toEqual({ ready: '/healthz', live: null })
    await one.http.request({ method: 'POST', path: '/notes' })
    expect(JSON.parse(await get(one, '/notes'))).toEqual({ n: 1 })
    expect(JSON.parse(await get(two, '/notes'))).toEqual({ n: 0 })
    expect(one.store?.wire.statements().map(({ sql: text }) => text)).toContain(
      'SELECT count(*)::int AS n FROM notes',
    )
    expect((await one.store?.digest())?.counts).toMatchObject({ notes: 1 })
  })

  it('keeps what the rehearsal left, in every lab', async () => {
    const dir = await app({
      'server.js': notes.replace('CONNECTION', '{ connectionString: process.env.DATABASE_URL }'),
      'package.json': module,
      ...sql,
    })
    const service = serviceOf({ stores: [pg], env: [reads('DATABASE_URL')], migrations })
    const rehearse = async (lab: Lab) => void (await lab.http.request({ method: 'POST', path: '/notes' }))
    const stage = await staged(dir, service, {}, [postgres], { rehearse })
    const lab = await stage.open(labOptions())
    expect(JSON.parse(await get(lab, '/notes'))).toEqual({ n: 1 })
  })

  it('lets an app make its schema when it starts', async () => {
    const own = notes
      .replace('CONNECTION', '')
      .replace(
        'const app',
        'await pool.query("CREATE TABLE IF NOT EXISTS notes (id serial, text text)")\nconst app',
      )
    const dir = await app({ 'server.js': own, 'package.json': module })
    const apply = { command: 'node migrate-that-is-not-there.js', dir: '.', from: 'test' }
    const service = serviceOf({ stores: [pg], migrations: [{ tool: 'own', dir: null, files: 0, apply }] })
    const stage = await staged(dir, service, {}, [postgres])
    expect(stage.record.limits[0]).toBe(
      '"node migrate-that-is-not-there.js" failed; the app made its schema itself when it started',
    )
    const lab = await stage.open(labOptions())
    expect(JSON.parse(await get(lab, '/notes'))).toEqual({ n: 0 })
  })

  it('does not go on without the schema when a migration fails', async () => {
    const dir = await app({ 'server.js': notes.replace('CONNECTION', ''), 'package.json': module })
    const apply = {
      command: 'node -e "console.error(\'bad column\'); process.exit(1)"',
      dir: '.',
      from: 'test',
    }
    const service = serviceOf({ stores: [pg], migrations: [{ tool: 'own', dir: null, files: 0, apply }] })
    await expect(stageOf(dir, service, {}, [postgres])).rejects.toMatchObject({
      code: 'E_STEP_FAILED',
      message: expect.stringContaining('The migrate step failed'),
    })
  })

  it('says which file and statement of plain SQL the database refused', async () => {
    const dir = await app({
      'server.js': notes.replace('CONNECTION', ''),
      'package.json': module,
      'migrations/001.sql': 'CREATE TABLE a (id int); SELECT nothing;',
    })
    const service = serviceOf({ stores: [pg], migrations })
    await expect(stageOf(dir, service, {}, [postgres])).rejects.toMatchObject({
      message:
        'The migrate step failed: migrations/001.sql was refused by the database.\n  │ column "nothing" does not exist',
    })
  })

  it('refuses an app whose store is written into it', async () => {
    const dir = await app({ 'server.js': plain, 'package.json': module })
    const written = { ...pg, hardCoded: 'postgres://localhost/shop', place: { file: 'db.js', line: 3 } }
    await expect(stageOf(dir, serviceOf({ stores: [written] }), {}, [postgres])).rejects.toMatchObject({
      code: 'E_STORE_HARD_CODED',
      message:
        'The address of postgres (postgres://localhost/shop) is written into db.js:3, so the app would go past the lab to it.',
    })
  })

  it('restarts on the same database', async () => {
    const dir = await app({ 'server.js': notes.replace('CONNECTION', ''), 'package.json': module, ...sql })
    const stage = await staged(dir, serviceOf({ stores: [pg], migrations }), {}, [postgres])
    const lab = await stage.open(labOptions())
    await lab.http.request({ method: 'POST', path: '/notes' })
    lab.target.signal('SIGKILL')
    await lab.target.restart()
    expect((await lab.target.ready(60_000)).ready).toBe(true)
    expect(JSON.parse(await get(lab, '/notes'))).toEqual({ n: 1 })
  })
})
