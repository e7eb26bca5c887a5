import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { openSupervisor } from '../../../instruments/process/open-supervisor.ts'
import type { Supervisor } from '../../../instruments/process/process.ts'
import { openWire } from '../../../instruments/wire/open-wire.ts'
import type { Gate, GateOrder } from '../../../instruments/wire/protocol.ts'
import type { Wire } from '../../../instruments/wire/wire.ts'
import type { StatementRecord } from '../../../model/evidence.ts'
import type { StoreDatabase, StoreServer } from '../../define.ts'
import { startPostgres } from '../start.ts'
import { FROM_STORE } from './message.ts'
import { postgresProtocol } from './protocol.ts'
import { extended, openTestConnection, type Say } from './test-connection.ts'

const SYNC: Say = { sync: true }

let supervisor: Supervisor
let server: StoreServer
let database: StoreDatabase
let wire: Wire
const clients = new Set<{ end(): unknown }>()

const config = (): pg.ClientConfig => {
  if (!database.endpoint) throw new Error('a database without an address')
  const { user, password, database: name } = database.endpoint
  return { user, password, database: name, host: wire.host, port: wire.port }
}
const open = async () => {
  const client = new pg.Client(config())
  client.on('error', () => {})
  await client.connect()
  clients.add(client)
  return client
}
const on =
  (pattern: RegExp, order: GateOrder): Gate =>
  (one) =>
    pattern.test(one.sql) ? order : undefined
const seats = async () => Number((await database.query('SELECT free FROM seats')).rows[0]?.free)
const sqlstates = () => wire.statements().map((one) => one.sqlstate ?? one.transaction)

beforeAll(async () => {
  supervisor = await openSupervisor()
  const { signal } = new AbortController()
  server = await startPostgres({
    supervisor,
    url: null,
    appDir: supervisor.scratchDir,
    durable: false,
    signal,
  })
  database = await server.template()
})
beforeEach(async () => {
  await database.query('DROP TABLE IF EXISTS seats')
  await database.query('CREATE TABLE seats AS SELECT 10 AS free')
  if (!database.endpoint) throw new Error('a database without an address')
  wire = await openWire({
    store: 'postgres',
    upstream: database.endpoint,
    protocol: postgresProtocol,
    nowMs: () => performance.now(),
  })
})
afterEach(async () => {
  wire.heal()
  for (const client of clients) await client.end()
  clients.clear()
  await wire.close()
})
afterAll(async () => {
  await server?.stop()
  await supervisor.close()
})

test('a held statement waits, with its snapshot not taken, while other connections go on', async () => {
  const [reader, writer] = await Promise.all([open(), open()])
  let release = () => {}
  const until = new Promise<void>((resolve) => {
    release = resolve
  })
  wire.gate(on(/SELECT free/, { do: 'hold', until }))
  const held = wire.next((one) => one.sql.includes('SELECT free'), 60_000)
  const reading = reader.query('SELECT free FROM seats WHERE free > $1', [0])
  const after = reader.query('SELECT 1')
  expect((await held)?.durationMs).toBeNull()
  expect(wire.connections().map((one) => one.pending)).toEqual([0, 0])
  await writer.query('UPDATE seats SET free = $1', [3])
  release()
  expect((await reading).rows).toEqual([{ free: 3 }])
  await after
})

test('a lost update is forced by two holds', async () => {
  const buy = async (client: pg.Client) => {
    const { rows } = await client.query('SELECT free FROM seats')
    await client.query('UPDATE seats SET free = $1', [rows[0].free - 1])
  }
  const [one, other] = await Promise.all([open(), open()])
  const reads: StatementRecord[] = []
  let go = () => {}
  const bothRead = new Promise<void>((resolve) => {
    go = resolve
  })
  wire.gate((statement) => {
    if (statement.sql.startsWith('UPDATE')) return { do: 'hold', until: bothRead }
    reads.push(statement)
    if (reads.length === 2) Promise.all(reads.map((read) => wire.answered(read, 60_000))).then(go)
    return undefined
  })
  await Promise.all([buy(one), buy(other)])
  expect(await seats()).toBe(9)
})

test('removing the gate and healing release what is held or delayed', async () => {
  const client = await open()
  for (const order of [
    { do: 'hold', until: new Promise<void>(() => {}) },
    { do: 'delay', ms: 3_600_000 },
  ] satisfies GateOrder[]) {
    for (const free of [() => wire.gate(null), () => wire.heal()]) {
      wire.gate(on(/SELECT 1/, order))
      const held = wire.next(() => true, 60_000)
      const asked = client.query('SELECT 1')
      await held
      free()
      await asked
    }
  }
})

test('a delayed statement takes at least that long', async () => {
  const client = await open()
  wire.gate(on(/SELECT 1/, { do: 'delay', ms: 120 }))
  const startMs = performance.now()
  await client.query('SELECT 1')
  expect(performance.now() - startMs).toBeGreaterThanOrEqual(119)
})

test.each([
  ['simple', undefined],
  ['extended', [2]],
])('a statement fails in the %s protocol as in the store, transaction state included', async (_, values) => {
  const client = await open()
  const serialization = { code: '40001', message: 'could not serialize access', severity: 'ERROR' }
  wire.gate(on(/UPDATE/, { do: 'fail', sqlstate: '40001', message: 'could not serialize access' }))
  const update = values ? 'UPDATE seats SET free = $1' : 'UPDATE seats SET free = 2'
  await expect(client.query(update, values)).rejects.toMatchObject(serialization)
  await client.query('BEGIN')
  await expect(client.query(update, values)).rejects.toMatchObject(serialization)
  await expect(client.query('SELECT 1')).rejects.toMatchObject({ code: '25P02' })
  await client.query('ROLLBACK')
  wire.gate(null)
  await client.query(update, values)
  expect(sqlstates()).toEqual(['40001', 'T', '40001', '25P02', 'I', 'I'])
  expect(await seats()).toBe(2)
})

test('a failure in a pipeline keeps the order of answers and skips up to the Sync', async () => {
  const raw = await openTestConnection(config())
  clients.add(raw)
  wire.gate(on(/SELECT 22/, { do: 'fail', sqlstate: '40P01', message: 'deadlock detected' }))
  raw.send(
    extended('SELECT 11'),
    extended('SELECT 22'),
    extended('SELECT 33'),
    SYNC,
    extended('SELECT 44'),
    SYNC,
  )
  await raw.ready(2)
  const kinds = raw.heard().map((one) => String.fromCharCode(one.type))
  expect(kinds.join('')).toBe('12DC12EZ12DCZ')
  const error = raw.heard().find((one) => one.type === FROM_STORE.error)
  expect(error?.body.toString()).toBe('SERROR\0VERROR\0C40P01\0Mdeadlock detected\0\0')
  expect(sqlstates()).toEqual(['I', '40P01', '25P02', 'I'])
})

test('a commit that fails undoes its transaction and ends it', async () => {
  const client = await open()
  wire.gate(on(/COMMIT/, { do: 'fail', sqlstate: '53100', message: 'no space left on device' }))
  await client.query('BEGIN')
  await client.query('UPDATE seats SET free = free - 1')
  await expect(client.query('COMMIT')).rejects.toMatchObject({
    code: '53100',
    message: 'no space left on device',
  })
  await expect
    .poll(() => wire.statements().at(-1), { timeout: 20_000 })
    .toMatchObject({ sqlstate: '53100', transaction: 'I' })
  wire.gate(null)
  await client.query('BEGIN')
  await client.query('UPDATE seats SET free = free - 1')
  await client.query('COMMIT')
  expect(await seats()).toBe(9)
})

test('a fatal failure closes the connection', async () => {
  const client = await open()
  const ended = new Promise((resolve) => client.once('end', resolve))
  wire.gate(on(/SELECT 1/, { do: 'fail', sqlstate: '57P01', message: 'terminating connection' }))
  await expect(client.query('SELECT 1')).rejects.toMatchObject({ code: '57P01', severity: 'FATAL' })
  await ended
})

test('a cut before the statement leaves nothing, a cut after the reply leaves the commit', async () => {
  for (const [when, free] of [
    ['before', 10],
    ['after-reply-withheld', 5],
  ] as const) {
    for (const values of [undefined, [5]]) {
      await database.query('UPDATE seats SET free = 10')
      const client = await open()
      wire.gate(on(/UPDATE/, { do: 'cut', when }))
      const update = values ? 'UPDATE seats SET free = $1' : 'UPDATE seats SET free = 5'
      await expect(client.query(update, values)).rejects.toThrow()
      wire.gate(null)
      expect(await seats()).toBe(free)
    }
  }
})

test('a cut after the reply to COMMIT leaves the transaction committed', async () => {
  const client = await open()
  await client.query('BEGIN')
  await client.query('UPDATE seats SET free = 4')
  wire.gate(on(/COMMIT/, { do: 'cut', when: 'after-reply-withheld' }))
  await expect(client.query('COMMIT')).rejects.toThrow()
  expect(await seats()).toBe(4)
})

test('shutdown says 57P01, closes, and refuses until healed', async () => {
  const client = await open()
  const said = new Promise<pg.DatabaseError>((resolve) => client.once('error', resolve))
  wire.inject({ kind: 'shutdown' })
  expect(await said).toMatchObject({ code: '57P01', severity: 'FATAL' })
  await expect(open()).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  wire.heal()
  for (let tries = 0; tries < 200; tries += 1) {
    const again = await open().catch(() => null)
    if (again) break
    await wait(10)
  }
  await (await open()).query('SELECT 1')
})

test('next gives null when nothing comes, or on abort', async () => {
  const stop = new AbortController()
  expect(await wire.next(() => true, 20)).toBeNull()
  const waiting = wire.next(() => true, 600_000, stop.signal)
  stop.abort()
  expect(await waiting).toBeNull()
})
