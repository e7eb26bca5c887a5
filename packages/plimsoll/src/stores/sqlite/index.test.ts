import { execFileSync } from 'node:child_process'
import { appendFile, cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openSupervisor } from '../../instruments/process/open-supervisor.ts'
import type { Supervisor } from '../../instruments/process/process.ts'
import { findDatabases } from './find-files.ts'
import sqlite from './index.ts'
import { canRead } from './read.ts'

/** The smallest database: one page, no table, as SQLite 3 writes it. */
const emptyDatabase = () => {
  const page = Buffer.alloc(4096)
  page.write('SQLite format 3\0', 0, 'latin1')
  page.writeUInt16BE(4096, 16)
  Buffer.from([1, 1, 0, 64, 32, 32]).copy(page, 18)
  page.writeUInt32BE(1, 24)
  page.writeUInt32BE(1, 28)
  page.writeUInt32BE(4, 44)
  page.writeUInt32BE(1, 56)
  page.writeUInt32BE(1, 92)
  page.writeUInt8(13, 100)
  page.writeUInt16BE(4096, 105)
  return page
}

let supervisor: Supervisor
let appDir: string

const start = () =>
  sqlite.start({ supervisor, url: null, appDir, durable: false, signal: new AbortController().signal })

beforeAll(async () => {
  supervisor = await openSupervisor()
})
afterAll(() => supervisor.close())
beforeEach(async () => {
  appDir = await mkdtemp(join(supervisor.scratchDir, 'app-'))
})

test('databases are known by their content, wherever they are, and not in installed code', async () => {
  for (const dir of ['data', 'node_modules/pkg', '.git']) await mkdir(join(appDir, dir), { recursive: true })
  for (const file of ['data/store', 'app.db', 'node_modules/pkg/a.db', '.git/b.db'])
    await writeFile(join(appDir, file), emptyDatabase())
  await writeFile(join(appDir, 'notes.sqlite'), 'not a database')
  expect(await findDatabases(appDir)).toEqual(['app.db', 'data/store'])
  expect(await findDatabases(join(appDir, 'no-such-folder'))).toEqual([])
})

test('a copy puts back exactly what was sealed, with what belongs to it', async () => {
  await mkdir(join(appDir, 'data'))
  await writeFile(join(appDir, 'data/app.db'), emptyDatabase())
  await writeFile(join(appDir, 'data/app.db-wal'), 'log')
  const server = await start()
  expect((await server.template()).files).toEqual(['data/app.db'])
  await server.seal()

  await appendFile(join(appDir, 'data/app.db'), 'written by an experiment')
  await writeFile(join(appDir, 'data/app.db-journal'), 'hot')
  await writeFile(join(appDir, 'sessions.db'), emptyDatabase())
  const copy = await server.copy()

  expect(copy).toMatchObject({ endpoint: null, files: ['data/app.db'] })
  const seen = execFileSync('find', ['.', '-type', 'f', '-size', '-100k'], { cwd: appDir, encoding: 'utf8' })
  expect(seen.trim().split('\n').sort()).toEqual(['./data/app.db', './data/app.db-wal'])
  const sizes = execFileSync('wc', ['-c', 'data/app.db', 'data/app.db-wal'], {
    cwd: appDir,
    encoding: 'utf8',
  })
  expect(sizes).toMatch(/4096 data\/app\.db\n\s+3 data\/app\.db-wal/)
  await server.stop()
})

test('a copy may go to another folder', async () => {
  await writeFile(join(appDir, 'app.db'), emptyDatabase())
  const server = await start()
  await server.seal()
  const into = `${appDir}-2`
  await cp(appDir, into, { recursive: true })
  await writeFile(join(into, 'app.db'), Buffer.concat([emptyDatabase(), Buffer.from('x')]))
  expect((await server.copy(into)).files).toEqual(['app.db'])
  expect(execFileSync('wc', ['-c', 'app.db'], { cwd: into, encoding: 'utf8' })).toContain('4096')
  await server.stop()
  await rm(into, { recursive: true })
})

test('a copy before the seal is our own mistake', async () => {
  await expect((await start()).copy()).rejects.toMatchObject({ code: 'E_BUG' })
})

test('without a file there is nothing to ask', async () => {
  const template = await (await start()).template()
  await expect(template.query('SELECT 1')).rejects.toMatchObject({ code: 'E_STORE_UNAVAILABLE' })
})

test.runIf(canRead())('digest and query look into the files', async () => {
  await writeFile(join(appDir, 'app.db'), emptyDatabase())
  const server = await start()
  const template = await server.template()
  await template.query('CREATE TABLE seats (id INTEGER PRIMARY KEY, name TEXT, photo BLOB)')
  await template.query("INSERT INTO seats VALUES (1, 'window', x'00ff'), (9007199254740993, 'aisle', NULL)")
  await server.seal()
  const copy = await server.copy()
  const before = await copy.digest()
  expect(before?.counts).toEqual({ seats: 2 })
  await copy.query('UPDATE seats SET name = ? WHERE id = 1', ['middle'])
  const after = await copy.digest()
  expect(after?.counts).toEqual({ seats: 2 })
  expect(after?.hashes).not.toEqual(before?.hashes)
  expect(await (await server.copy()).digest()).toEqual(before)
  await server.stop()
})

test.skipIf(canRead())(
  'where Node cannot read SQLite, the digest is unknown and a query says what to do',
  async () => {
    await writeFile(join(appDir, 'app.db'), emptyDatabase())
    const template = await (await start()).template()
    expect(await template.digest()).toBeNull()
    await expect(template.query('SELECT 1')).rejects.toMatchObject({
      hint: expect.stringContaining('Node 22'),
    })
  },
)
