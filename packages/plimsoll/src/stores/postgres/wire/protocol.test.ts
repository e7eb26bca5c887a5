import { connect } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { openSupervisor } from '../../../instruments/process/open-supervisor.ts'
import type { Supervisor } from '../../../instruments/process/process.ts'
import { openWire } from '../../../instruments/wire/open-wire.ts'
import type { DecoderEvents, Protocol } from '../../../instruments/wire/protocol.ts'
import type { Wire } from '../../../instruments/wire/wire.ts'
import type { StatementRecord } from '../../../model/evidence.ts'
import type { Endpoint, StoreServer } from '../../define.ts'
import { startPostgres } from '../start.ts'
import { FROM_STORE } from './message.ts'
import { postgresProtocol } from './protocol.ts'
import { extended, FETCH_ONE, openTestConnection, type Say, type TestConnection } from './test-connection.ts'

const SYNC: Say = { sync: true }

let supervisor: Supervisor
let server: StoreServer
let endpoint: Endpoint
let wire: Wire

/** What passed each decoder, so that the same bytes can be cut elsewhere. */
type Passed = { from: 'app' | 'store'; bytes: Buffer }
const streams: Passed[][] = []

const recording: Protocol = {
  id: 'postgres',
  decode: (events) => {
    const decoder = postgresProtocol.decode(events)
    const passed: Passed[] = []
    streams.push(passed)
    return {
      ...decoder,
      fromClient: (bytes) => {
        passed.push({ from: 'app', bytes: Buffer.from(bytes) })
        return decoder.fromClient(bytes)
      },
      fromStore: (bytes) => {
        passed.push({ from: 'store', bytes: Buffer.from(bytes) })
        return decoder.fromStore(bytes)
      },
    }
  },
}

const through = () => {
  if (!endpoint) throw new Error('no server')
  const { user, password, database } = endpoint
  return { user, password, database, host: wire.host, port: wire.port }
}
const seen = (mark: number) =>
  wire.since(mark).map(({ sql, parameters, rows, sqlstate, transaction }) => ({
    sql,
    parameters,
    rows,
    sqlstate,
    transaction,
  }))
const line = (
  sql: string,
  transaction: string,
  rows: number | null,
  parameters: unknown[] = [],
  sqlstate?: string,
) => ({
  sql,
  parameters,
  rows,
  sqlstate,
  transaction,
})

const clients = new Set<{ end(): unknown }>()
const open = async (more: pg.ClientConfig = {}) => {
  const client = new pg.Client({ ...through(), ...more })
  client.on('error', () => {})
  await client.connect()
  clients.add(client)
  return client
}
const openRaw = async () => {
  const raw = await openTestConnection(through())
  clients.add(raw)
  return raw
}
const rowsOf = (raw: TestConnection) => raw.heard().filter((one) => one.type === FROM_STORE.dataRow)
const until = async (look: () => boolean) => {
  while (!look()) await wait(5)
}

beforeAll(async () => {
  supervisor = await openSupervisor()
  const need = {
    supervisor,
    url: null,
    appDir: supervisor.scratchDir,
    durable: false,
    signal: new AbortController().signal,
  }
  server = await startPostgres(need)
  const database = await server.template()
  await database.query('CREATE TABLE seats (id int PRIMARY KEY, name text, price numeric)')
  if (!database.endpoint) throw new Error('a database without an address')
  endpoint = database.endpoint
  wire = await openWire({
    store: 'postgres',
    upstream: endpoint,
    protocol: recording,
    nowMs: () => performance.now(),
  })
})
afterEach(async () => {
  wire.heal()
  for (const client of clients) await client.end()
  clients.clear()
})
afterAll(async () => {
  await wire?.close()
  await server?.stop()
  await supervisor.close()
})

test('a simple query, its rows, and its error', async () => {
  const client = await open()
  const mark = wire.mark()
  await client.query("INSERT INTO seats VALUES (1, 'a', 1.5), (2, 'b', 2)")
  await client.query('SELECT * FROM seats')
  await expect(client.query('SELECT nothing')).rejects.toMatchObject({ code: '42703' })
  await client.query('')
  expect(seen(mark)).toEqual([
    line("INSERT INTO seats VALUES (1, 'a', 1.5), (2, 'b', 2)", 'I', 2),
    line('SELECT * FROM seats', 'I', 2),
    line('SELECT nothing', 'I', null, [], '42703'),
  ])
  expect(wire.since(mark).every((one) => one.durationMs !== null)).toBe(true)
})

test('a connection has the number that the store gives its session', async () => {
  const client = await open()
  const { rows } = await client.query('SELECT pg_backend_pid() AS pid')
  expect(wire.connections().at(-1)?.session).toBe(rows[0].pid)
})

test('several statements in one query, and what a failure among them skips', async () => {
  const client = await open()
  const mark = wire.mark()
  await client.query("BEGIN; INSERT INTO seats VALUES (3, ';'); SELECT id FROM seats;")
  await expect(client.query('SELECT 1; SELECT 1/0; SELECT 2')).rejects.toMatchObject({ code: '22012' })
  await expect(client.query('SELECT 3')).rejects.toMatchObject({ code: '25P02' })
  await client.query('ROLLBACK')
  expect(seen(mark)).toEqual([
    line('BEGIN', 'T', null),
    line("INSERT INTO seats VALUES (3, ';')", 'T', 1),
    line('SELECT id FROM seats', 'T', 3),
    line('SELECT 1', 'E', 1),
    line('SELECT 1/0', 'E', null, [], '22012'),
    line('SELECT 2', 'E', null, [], '25P02'),
    line('SELECT 3', 'E', null, [], '25P02'),
    line('ROLLBACK', 'I', null),
  ])
})

test('parameters, and prepared statements by their name', async () => {
  const client = await open()
  const mark = wire.mark()
  await client.query('SELECT $1::int + $2::int AS sum, $3::text', [40, 2, null])
  for (const id of [1, 2]) {
    await client.query({ name: 'seat', text: 'SELECT name FROM seats WHERE id = $1', values: [id] })
  }
  await expect(client.query('SELECT $1::int', ['x'])).rejects.toMatchObject({ code: '22P02' })
  await expect(client.query('SELECT * FROM nowhere WHERE id = $1', [1])).rejects.toMatchObject({
    code: '42P01',
  })
  await client.query('SELECT name FROM seats WHERE id = $1', [1])
  expect(seen(mark)).toEqual([
    line('SELECT $1::int + $2::int AS sum, $3::text', 'I', 1, ['40', '2', null]),
    line('SELECT name FROM seats WHERE id = $1', 'I', 1, ['1']),
    line('SELECT name FROM seats WHERE id = $1', 'I', 1, ['2']),
    line('SELECT $1::int', 'I', null, ['x'], '22P02'),
    line('SELECT * FROM nowhere WHERE id = $1', 'I', null, ['1'], '42P01'),
    line('SELECT name FROM seats WHERE id = $1', 'I', 1, ['1']),
  ])
})

test('a pool in transactions keeps every connection apart', async () => {
  const pool = new pg.Pool({ ...through(), max: 4 })
  clients.add(pool)
  const mark = wire.mark()
  await Promise.all(
    Array.from({ length: 12 }, async (_, n) => {
      const client = await pool.connect()
      await client.query('BEGIN')
      await client.query('UPDATE seats SET name = $1 WHERE id = 1', [`n${n}`])
      await client.query(n % 2 ? 'COMMIT' : 'ROLLBACK')
      client.release()
    }),
  )
  const records = wire.since(mark)
  expect(records).toHaveLength(36)
  for (const id of new Set(records.map((one) => one.connection))) {
    const states = records.filter((one) => one.connection === id).map((one) => one.transaction)
    expect(states.join('')).toMatch(/^(TTI)+$/)
  }
  expect(wire.connections().filter((one) => one.closedAtMs === null && one.pending > 0)).toEqual([])
})

test('pipelined statements before one Sync, and those that an error skips', async () => {
  const raw = await openRaw()
  const mark = wire.mark()
  raw.send(
    extended('SELECT 1'),
    extended('SELECT generate_series(1, 3)'),
    extended('SELECT 1/0'),
    extended('SELECT 4'),
    { sync: true },
    extended('SELECT $1::text', ['after']),
    { sync: true },
  )
  await raw.ready(2)
  expect(seen(mark)).toEqual([
    line('SELECT 1', 'I', 1),
    line('SELECT generate_series(1, 3)', 'I', 3),
    line('SELECT 1/0', 'I', null, [], '22012'),
    line('SELECT 4', 'I', null, [], '25P02'),
    line('SELECT $1::text', 'I', 1, ['after']),
  ])
})

test('a statement that fails when it is only prepared', async () => {
  const raw = await openRaw()
  const mark = wire.mark()
  raw.send({ parse: 'SELECT * FROM nowhere', name: 'lost' }, { describe: 'lost' }, { sync: true })
  await raw.ready(1)
  raw.send(extended('SELECT 1'), { sync: true })
  await raw.ready(1)
  expect(seen(mark)).toEqual([
    line('SELECT * FROM nowhere', 'I', null, [], '42P01'),
    line('SELECT 1', 'I', 1),
  ])
})

test('binary parameters, once the store has told their types', async () => {
  const raw = await openRaw()
  const mark = wire.mark()
  const int8 = Buffer.alloc(8)
  int8.writeBigInt64BE(-12345678901n)
  const uuid = Buffer.from('0123456789abcdef0123456789abcdef', 'hex')
  const numeric = Buffer.from('0003000140000003' + '000104d20fa0', 'hex')
  raw.send(
    { parse: 'SELECT $1::int8, $2::uuid, $3::numeric, $4::point', name: 'typed' },
    { describe: 'typed' },
    { sync: true },
  )
  await raw.ready(1)
  raw.send(
    { bind: 'typed', binary: [int8, uuid, numeric, Buffer.alloc(16)] },
    { execute: '' },
    { sync: true },
  )
  await raw.ready(1)
  const row = rowsOf(raw).at(-1)?.body.toString('latin1')
  expect(row).toContain('-12345678901')
  expect(row).toContain('-11234.400')
  expect(wire.since(mark)[0]?.parameters).toEqual([
    '-12345678901',
    '01234567-89ab-cdef-0123-456789abcdef',
    '-11234.400',
    `\\x${'00'.repeat(16)}`,
  ])
})

test('a portal read in portions is one statement', async () => {
  const raw = await openRaw()
  const mark = wire.mark()
  raw.send({ parse: 'SELECT generate_series(1, 5)' }, { bind: '' }, FETCH_ONE, FETCH_ONE, { flush: true })
  await until(() => rowsOf(raw).length === 2)
  raw.send({ execute: '' }, { sync: true })
  await raw.ready(1)
  expect(seen(mark)).toEqual([line('SELECT generate_series(1, 5)', 'I', 5)])
})

test.each([['simple'], ['extended']])('copy in and out by the %s protocol, and its failure', async (how) => {
  const raw = await openRaw()
  const mark = wire.mark()
  const ask = (sql: string) => raw.send(how === 'simple' ? { query: sql } : [...extended(sql), SYNC])
  ask('CREATE TEMP TABLE copied (id int)')
  await raw.ready(1)
  ask('COPY copied FROM STDIN')
  const rest = how === 'simple' ? [] : [SYNC]
  raw.send({ copyData: '1\n2\n' }, { copyData: `${'3\n'.repeat(100_000)}` }, { copyDone: true }, ...rest)
  await raw.ready(1)
  ask('COPY copied TO STDOUT')
  await raw.ready(1)
  ask('COPY copied FROM STDIN')
  raw.send({ copyFail: 'changed my mind' }, ...rest)
  await raw.ready(1)
  ask('SELECT count(*) FROM copied')
  await raw.ready(1)
  expect(seen(mark)).toEqual([
    line('CREATE TEMP TABLE copied (id int)', 'I', null),
    line('COPY copied FROM STDIN', 'I', 100_002),
    line('COPY copied TO STDOUT', 'I', 100_002),
    line('COPY copied FROM STDIN', 'I', null, [], '57014'),
    line('SELECT count(*) FROM copied', 'I', 1),
  ])
})

test('a cancel request reaches the statement it means', async () => {
  const raw = await openRaw()
  const mark = wire.mark()
  const asked = wire.next((one) => one.sql.includes('pg_sleep'), 60_000)
  raw.send({ query: 'SELECT pg_sleep(600)' })
  await asked
  // A session that has not begun yet takes no notice of a request to cancel.
  const watch = await open()
  const begun = "SELECT 1 FROM pg_stat_activity WHERE state = 'active' AND query = 'SELECT pg_sleep(600)'"
  while ((await watch.query(begun)).rowCount === 0) await wait(5)
  await raw.cancel()
  await raw.ready(1)
  expect(seen(mark).filter((one) => one.sql === 'SELECT pg_sleep(600)')).toEqual([
    line('SELECT pg_sleep(600)', 'I', null, [], '57014'),
  ])
})

test('large rows and large parameters pass unchanged', async () => {
  const client = await open()
  const large = 'é'.repeat(3_000_000)
  const { rows } = await client.query('SELECT $1::text AS back FROM generate_series(1, 3)', [large])
  expect(rows.map((row) => row.back === large)).toEqual([true, true, true])
  expect(wire.statements().at(-1)?.parameters[0]?.length).toBeLessThan(1_001)
})

test('a request for TLS is answered with no; an app that insists is reported', async () => {
  await expect(open({ ssl: { rejectUnauthorized: false } })).rejects.toThrow('SSL')
  await until(() => wire.connections().at(-1)?.blind !== null)
  expect(wire.connections().at(-1)?.blind).toContain('TLS')
})

test('bytes of another protocol pass and are reported', async () => {
  const socket = connect({ host: wire.host, port: wire.port })
  socket.on('error', () => {}).write('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
  await until(() => wire.connections().some((one) => one.blind?.includes('not the PostgreSQL protocol')))
  socket.destroy()
})

test('psql prefers TLS, is told no, and works', async () => {
  const { user, password, database, host, port } = through()
  const psql = {
    file: 'psql',
    args: ['-h', host, '-p', String(port), '-U', user, '-d', database, '-Atc', 'SELECT 6 * 7'],
  }
  const env = { PATH: process.env.PATH ?? '', PGPASSWORD: password, PGSSLMODE: 'prefer' }
  const run = await supervisor.run({ command: psql, cwd: '/', env, timeoutMs: 60_000 })
  if (run.exit?.code === 127) return
  expect(run.logs.map((one) => one.text)).toEqual(['42'])
})

/** @param unasked no gate is to be asked about single statements */
const replay = (passed: readonly Passed[], cut: (bytes: Buffer) => Buffer[], unasked = false) => {
  const records: StatementRecord[] = []
  const out = { app: [] as Buffer[], store: [] as Buffer[] }
  const events: DecoderEvents = {
    connection: 1,
    nowMs: () => 0,
    statement: (record) => void records.push(record),
    completed: () => {},
    ready: () => {},
    session: () => {},
    blind: (reason) => {
      throw new Error(reason)
    },
  }
  const decoder = postgresProtocol.decode(events)
  for (const { from, bytes } of passed) {
    for (const part of cut(bytes)) {
      if (from === 'app') for (const unit of decoder.fromClient(part, unasked)) out.app.push(unit.bytes)
      else {
        const memory = Buffer.from(part)
        const relayed = decoder.fromStore(memory)
        expect(relayed).toBe(memory)
        out.store.push(part)
        // The next read goes there.
        memory.fill(0xff)
      }
    }
  }
  const bytes = (parts: Buffer[]) => Buffer.concat(parts).toString('base64')
  return JSON.stringify([records, bytes(out.app), bytes(out.store)], null, 1)
}

test('the same bytes cut at any border give the same records, and what the store says is relayed uncopied', () => {
  const sizes = streams.map((passed) => passed.reduce((sum, one) => sum + one.bytes.length, 0))
  const small = streams.filter((passed, index) => (sizes[index] ?? 0) < 2_500 && passed.length > 3)
  expect(small.length).toBeGreaterThan(5)
  for (const passed of small) {
    const whole = replay(passed, (bytes) => [bytes])
    expect(replay(passed, (bytes) => [bytes], true)).toBe(whole)
    const longest = Math.max(...passed.map((one) => one.bytes.length))
    for (let at = 1; at < longest; at += 1) {
      expect(replay(passed, (bytes) => [bytes.subarray(0, at), bytes.subarray(at)])).toBe(whole)
    }
    for (const size of [1, 2, 3, 7]) {
      const split = (bytes: Buffer) =>
        Array.from({ length: Math.ceil(bytes.length / size) }, (_, n) =>
          bytes.subarray(n * size, (n + 1) * size),
        )
      expect(replay(passed, split)).toBe(whole)
      expect(replay(passed, split, true)).toBe(whole)
    }
  }
})
