import type pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSupervisor } from '../../instruments/process/open-supervisor.ts'
import type { Supervisor } from '../../instruments/process/process.ts'
import type { SessionActivity, StoreDatabase, StoreServer } from '../define.ts'
import { readActivity } from './activity.ts'
import { connect } from './connect.ts'
import { startPostgres } from './start.ts'

test.each([
  ['active', null, { state: 'active', waits: null }],
  ['active', 'Lock', { state: 'active', waits: 'lock' }],
  ['active', 'LWLock', { state: 'active', waits: 'other' }],
  ['active', 'IO', { state: 'active', waits: 'io' }],
  ['active', 'Client', { state: 'active', waits: 'client' }],
  ['fastpath function call', null, { state: 'active', waits: null }],
  ['idle', 'Client', { state: 'idle', waits: null }],
  ['idle in transaction', 'Client', { state: 'held', waits: null }],
  ['idle in transaction (aborted)', 'Client', { state: 'held', waits: null }],
])('%s, waiting for %s', (state, waits, expected) => {
  expect(readActivity({ session: 7, state, waits, sql: 'SELECT 1', ms: 12.5 })).toEqual({
    session: 7,
    sql: 'SELECT 1',
    forMs: 12.5,
    ...expected,
  })
})

let supervisor: Supervisor
let server: StoreServer
let database: StoreDatabase

beforeAll(async () => {
  supervisor = await openSupervisor()
  const { signal } = new AbortController()
  const need = { supervisor, url: null, appDir: supervisor.scratchDir, durable: false, signal }
  server = await startPostgres(need)
  await (await server.template()).query('CREATE TABLE seats (id int); INSERT INTO seats VALUES (1)')
  await server.seal()
  database = await server.copy()
})
afterAll(async () => {
  await server.stop()
  await supervisor.close()
})

const enter = async (name: string): Promise<pg.Client> => {
  if (!database.endpoint) throw new Error('a copy has an address')
  const client = await connect(database.endpoint)
  await client.query(`SET application_name = '${name}'`)
  return client
}

const bySql = (seen: readonly SessionActivity[], sql: string) => seen.find((one) => one.sql.includes(sql))

test('what sessions of this database do, without our own and those of other databases', async () => {
  const clients = await Promise.all(['idler', 'holder', 'waiter', 'sleeper', 'broken'].map(enter))
  const [idler, holder, waiter, sleeper, broken] = clients
  await idler?.query("SELECT 'idler'")
  await holder?.query('BEGIN')
  await holder?.query('LOCK TABLE seats')
  await broken?.query('BEGIN')
  await broken?.query("SELECT 'broken' / 0").catch(() => {})
  const waiting = waiter?.query('SELECT id FROM seats')
  const sleeping = sleeper?.query('SELECT pg_sleep(600)').catch(() => {})
  const other = await server.copy()
  await other.query("SELECT 'elsewhere'")

  const look = async () => (await database.activity?.()) ?? []
  await expect.poll(async () => bySql(await look(), 'FROM seats')?.waits, { timeout: 20_000 }).toBe('lock')
  await expect.poll(async () => bySql(await look(), 'pg_sleep')?.waits, { timeout: 20_000 }).toBe('other')
  const seen = await look()
  expect(seen).toHaveLength(5)
  expect(bySql(seen, 'idler')).toMatchObject({ state: 'idle', waits: null })
  expect(bySql(seen, 'LOCK TABLE')).toMatchObject({ state: 'held', waits: null, sql: 'LOCK TABLE seats' })
  expect(bySql(seen, 'FROM seats')).toMatchObject({ state: 'active', waits: 'lock' })
  expect(bySql(seen, 'broken')).toMatchObject({ state: 'held' })
  expect(seen.every(({ forMs, session }) => forMs >= 0 && session > 0)).toBe(true)
  const longer = await look()
  expect(bySql(longer, 'idler')?.forMs).toBeGreaterThan(bySql(seen, 'idler')?.forMs ?? Number.NaN)

  await holder?.query('COMMIT')
  await waiting
  expect(bySql(await look(), 'FROM seats')).toMatchObject({ state: 'idle', waits: null })
  await database.query('SELECT pg_cancel_backend($1)', [bySql(seen, 'pg_sleep')?.session])
  await sleeping
  await Promise.all(clients.map((client) => client.end()))
})

test('a server of our own says which process it is', async () => {
  const [row] = (await database.query('SELECT pg_backend_pid() AS pid')).rows
  expect(server.pid).toBeGreaterThan(1)
  expect(row?.pid).not.toBe(server.pid)
  const own = await server.fork?.()
  const before = own?.pid
  expect(before).toBeGreaterThan(1)
  expect(before).not.toBe(server.pid)
  await own?.kill()
  await own?.start()
  expect(own?.pid).not.toBe(before)
  await own?.stop()
})
