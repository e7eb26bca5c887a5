/**
 * What our place between app and store costs: added latency at one connection, and throughput at eight, against a
 * direct connection to the same PostgreSQL. Proxy, client and server share the machine, as they do in the lab.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { openSupervisor } from '../packages/plimsoll/src/instruments/process/open-supervisor.ts'
import type { Supervisor } from '../packages/plimsoll/src/instruments/process/process.ts'
import { openWire } from '../packages/plimsoll/src/instruments/wire/open-wire.ts'
import type { Endpoint } from '../packages/plimsoll/src/stores/define.ts'
import { startPostgres } from '../packages/plimsoll/src/stores/postgres/start.ts'
import { postgresProtocol } from '../packages/plimsoll/src/stores/postgres/wire/protocol.ts'

type Row = { load: string; connections: number; way: string; perSecond: number; p50Us: number; p99Us: number }

const ROUNDS = 3
const here = fileURLToPath(import.meta.url)

const percentile = (sorted: readonly number[], part: number) => sorted[Math.floor(sorted.length * part)] ?? 0

/** Prepared one-row reads in a closed loop; latencies in microseconds. */
const hammer = async (at: Endpoint, connections: number, seconds: number) => {
  const clients = await Promise.all(
    Array.from({ length: connections }, async () => {
      const client = new pg.Client(at)
      await client.connect()
      return client
    }),
  )
  const took: number[] = []
  const query = (n: number) => ({
    name: 'one',
    text: 'SELECT name FROM seats WHERE id = $1',
    values: [1 + (n % 1_000)],
  })
  for (const client of clients) for (let n = 0; n < 200; n += 1) await client.query(query(n))
  const startMs = performance.now()
  const endMs = startMs + seconds * 1_000
  await Promise.all(
    clients.map(async (client) => {
      for (let n = 0, now = performance.now(); now < endMs; n += 1) {
        await client.query(query(n))
        const after = performance.now()
        took.push((after - now) * 1_000)
        now = after
      }
    }),
  )
  const perSecond = took.length / ((performance.now() - startMs) / 1_000)
  await Promise.all(clients.map((client) => client.end()))
  took.sort((a, b) => a - b)
  return { perSecond, p50Us: percentile(took, 0.5), p99Us: percentile(took, 0.99) }
}

if (process.argv[2] === 'hammer' && process.send) {
  const [at, connections, seconds] = JSON.parse(process.argv[3] ?? '[]')
  process.send(await hammer(at, connections, seconds))
  process.disconnect()
}

/** In a process of its own, so that the client does not wait for the proxy's thread. */
const hammerApart = async (at: Endpoint, connections: number, seconds: number) => {
  const child = fork(here, ['hammer', JSON.stringify([at, connections, seconds])], {
    execArgv: ['--import', 'jiti/register'],
  })
  const [figures] = await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`the client ended with ${code}`))),
  ])
  return figures as Awaited<ReturnType<typeof hammer>>
}

const runPgbench = async (supervisor: Supervisor, at: Endpoint, flags: readonly string[]) => {
  const args = [...flags, '-h', at.host, '-p', String(at.port), '-U', at.user, at.database]
  const env = { PATH: process.env.PATH ?? '', PGPASSWORD: at.password }
  const run = await supervisor.run({ command: { file: 'pgbench', args }, cwd: '/', env, timeoutMs: 120_000 })
  return run.exit?.code === 0 ? run.logs.map((line) => line.text).join('\n') : null
}

/** pgbench's own scripts with prepared statements; null when it is not installed. */
const pgbench = async (
  supervisor: Supervisor,
  at: Endpoint,
  connections: number,
  seconds: number,
  flags: readonly string[],
) => {
  const load = ['-n', '-M', 'prepared', '-c', String(connections), '-T', String(seconds), ...flags]
  const text = await runPgbench(supervisor, at, load)
  if (text === null) return null
  const perSecond = Number(/tps = ([\d.]+)/.exec(text)?.[1])
  const averageMs = Number(/latency average = ([\d.]+)/.exec(text)?.[1])
  return { perSecond, p50Us: averageMs * 1_000, p99Us: Number.NaN }
}

const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

const show = (rows: readonly Row[]) => {
  const keys = [...new Set(rows.map((row) => `${row.load}|${row.connections}`))]
  console.log(
    'load                        connections      direct/s       wire/s   ratio   direct us   wire us   added us',
  )
  for (const key of keys) {
    const of = (way: string, figure: (row: Row) => number) =>
      median(rows.filter((row) => `${row.load}|${row.connections}` === key && row.way === way).map(figure))
    const [load = '', connections = ''] = key.split('|')
    const [direct, wire] = [of('direct', (row) => row.perSecond), of('wire', (row) => row.perSecond)]
    const [directUs, wireUs] = [of('direct', (row) => row.p50Us), of('wire', (row) => row.p50Us)]
    console.log(
      load.padEnd(28),
      connections.padStart(10),
      direct.toFixed(0).padStart(13),
      wire.toFixed(0).padStart(12),
      `${((100 * wire) / direct).toFixed(0)} %`.padStart(7),
      directUs.toFixed(0).padStart(11),
      wireUs.toFixed(0).padStart(9),
      (wireUs - directUs).toFixed(0).padStart(10),
    )
  }
  console.log(`median of ${ROUNDS} rounds; us: median latency (pgbench: average)`)
}

/** @param args seconds of each measurement, default 3 */
export default async function bench(args: readonly string[]): Promise<void> {
  const seconds = Number(args[0] ?? 3)
  const supervisor = await openSupervisor()
  try {
    const { signal } = new AbortController()
    const server = await startPostgres({
      supervisor,
      url: null,
      appDir: supervisor.scratchDir,
      durable: false,
      signal,
    })
    const database = await server.template()
    await database.query(
      "CREATE TABLE seats AS SELECT id, 'seat ' || id AS name FROM generate_series(1, 1000) id",
    )
    await database.query('ALTER TABLE seats ADD PRIMARY KEY (id)')
    const direct = database.endpoint
    if (!direct) throw new Error('a database without an address')
    const wire = await openWire({
      store: 'postgres',
      upstream: direct,
      protocol: postgresProtocol,
      nowMs: () => performance.now(),
    })
    const ways = { direct, wire: { ...direct, host: wire.host, port: wire.port } }
    await runPgbench(supervisor, direct, ['-i', '-q'])
    const rows: Row[] = []
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const connections of [1, 8]) {
        for (const [way, at] of Object.entries(ways)) {
          const add = (load: string, figures: Omit<Row, 'load' | 'connections' | 'way'> | null) => {
            if (figures) rows.push({ load, connections, way, ...figures })
          }
          add('pg, prepared select', await hammerApart(at, connections, seconds))
          add('pgbench, select only', await pgbench(supervisor, at, connections, seconds, ['-S']))
          add('pgbench, TPC-B-like', await pgbench(supervisor, at, connections, seconds, []))
        }
      }
    }
    await wire.close()
    await server.stop()
    show(rows)
  } finally {
    await supervisor.close()
  }
}
