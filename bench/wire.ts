/**
 * What our place between app and store costs, beside Toxiproxy's, against a direct connection to the same PostgreSQL.
 * Client, proxy and server are processes of this one machine, as they are in the lab. The ways are measured in turns,
 * so that whatever else the machine does meets them all.
 *   npm run bench wire [--rounds <n>] [--seconds <n of one measurement>] [--built <dir>]
 */
import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { cpus, loadavg } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { openSupervisor } from '../packages/plimsoll/src/instruments/process/open-supervisor.ts'
import type { Supervisor } from '../packages/plimsoll/src/instruments/process/process.ts'
import type { Endpoint, StoreDatabase } from '../packages/plimsoll/src/stores/define.ts'
import { startPostgres } from '../packages/plimsoll/src/stores/postgres/start.ts'
import type { Load, Sample, Way } from './wire/figures.ts'
import { openPgClient, type PgClient } from './wire/pg-client.ts'
import { preparePgbench, runPgbench } from './wire/pgbench.ts'
import { processorTimeUs } from './wire/processor-time.ts'
import { show } from './wire/show.ts'
import { startToxiproxy } from './wire/toxiproxy.ts'

const here = fileURLToPath(new URL('.', import.meta.url))
const BUILT = join(here, '..', 'packages/plimsoll/dist')
const MANY = 8
const WIDE = { rows: 200, bytes: 500 }
const WIDE_MEGABYTES = (WIDE.rows * WIDE.bytes) / 1e6
const FIRST_STATEMENTS = 800

const fill = async (database: StoreDatabase) => {
  await database.query(
    "CREATE TABLE seats AS SELECT id, 'seat ' || id AS name FROM generate_series(1, 1000) id",
  )
  await database.query('ALTER TABLE seats ADD PRIMARY KEY (id)')
  await database.query(
    `CREATE TABLE wide AS SELECT repeat('x', ${WIDE.bytes}) AS body FROM generate_series(1, ${WIDE.rows})`,
  )
}

const startOurs = async (supervisor: Supervisor, built: string, to: Endpoint): Promise<Way> => {
  const proxy = supervisor.spawn({
    command: { file: process.execPath, args: [join(here, 'wire/proxy.js'), built, JSON.stringify(to)] },
    cwd: supervisor.scratchDir,
    env: {},
  })
  for (;;) {
    const port = Number(
      /^port (\d+)/m.exec(
        proxy
          .logs()
          .map((line) => line.text)
          .join('\n'),
      )?.[1],
    )
    if (port > 0) return { name: 'Plimsoll', at: { ...to, host: '127.0.0.1', port }, pid: proxy.pid }
    if (proxy.exit())
      throw new Error(
        proxy
          .logs()
          .map((line) => line.text)
          .join('\n'),
      )
    await wait(20)
  }
}

const clientLoads = (client: PgClient): Load[] =>
  [1, MANY].map((connections) => ({
    name: 'pg client, prepared',
    connections,
    run: (at, statements) =>
      client.run(at, connections, statements, {
        ...{ name: 'one', text: 'SELECT name FROM seats WHERE id = $1', values: [] },
      }),
  }))

const wideLoad = (client: PgClient): Load => ({
  name: 'pg client, wide rows',
  connections: MANY,
  megabytes: WIDE_MEGABYTES,
  run: (at, statements) => client.run(at, MANY, statements, { text: 'SELECT body FROM wide' }),
})

/** pgbench's own scripts, and wide rows through its cheap client. */
const pgbenchLoads = async (supervisor: Supervisor): Promise<Load[]> => {
  const script = join(supervisor.scratchDir, 'wide.sql')
  await writeFile(script, 'SELECT body FROM wide;\n')
  const of = (name: string, connections: number, flags: readonly string[], megabytes?: number): Load => ({
    name,
    connections,
    ...(megabytes !== undefined && { megabytes }),
    run: (at, statements) => runPgbench(supervisor, at, connections, statements, flags),
  })
  return [
    ...[1, MANY].flatMap((connections) => [
      of('pgbench -S, simple', connections, ['-S', '-M', 'simple']),
      of('pgbench -S, prepared', connections, ['-S', '-M', 'prepared']),
    ]),
    of('pgbench TPC-B, prepared', MANY, ['-M', 'prepared']),
    of('pgbench wide rows, simple', MANY, ['-f', script], WIDE_MEGABYTES),
  ]
}

const measure = async (
  loads: readonly Load[],
  ways: readonly Way[],
  rounds: number,
  seconds: number,
): Promise<Sample[]> => {
  const samples: Sample[] = []
  const [direct] = ways
  if (!direct) return []
  const statements = new Map<Load, number>()
  for (const load of loads) {
    const { perSecond } = await load.run(direct.at, FIRST_STATEMENTS)
    statements.set(load, Math.max(FIRST_STATEMENTS, Math.round(perSecond * seconds)))
  }
  const sample = async (load: Load, { name, at, pid }: Way) => {
    const count = statements.get(load) ?? FIRST_STATEMENTS
    const beforeUs = processorTimeUs(pid)
    const figures = await load.run(at, count)
    samples.push({ load, way: name, ...figures, cpuUs: (processorTimeUs(pid) - beforeUs) / count })
  }
  for (let round = 0; round < rounds; round += 1)
    for (const load of loads) for (const way of ways) await sample(load, way)
  return samples
}

export default async function bench(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rounds: { type: 'string', default: '3' },
      seconds: { type: 'string', default: '0.5' },
      built: { type: 'string', default: BUILT },
    },
  })
  const built = resolve(values.built)
  if (!existsSync(built)) throw new Error('Build first: npm run build')
  const supervisor = await openSupervisor()
  const client = openPgClient()
  try {
    const { signal } = new AbortController()
    const need = { supervisor, url: null, appDir: supervisor.scratchDir, durable: false, signal }
    const server = await startPostgres(need)
    const database = await server.template()
    await fill(database)
    const direct = database.endpoint
    if (!direct) throw new Error('a database without an address')
    const ways: Way[] = [{ name: 'direct', at: direct, pid: null }]
    const toxiproxy = await startToxiproxy(supervisor, direct)
    if ('at' in toxiproxy) ways.push(toxiproxy)
    else console.log(`Without Toxiproxy: ${toxiproxy.reason}`)
    ways.push(await startOurs(supervisor, built, direct))
    const hasPgbench = await preparePgbench(supervisor, direct)
    if (!hasPgbench) console.log('Without pgbench, which is not installed')
    const loads = [
      ...clientLoads(client),
      ...(hasPgbench ? await pgbenchLoads(supervisor) : [wideLoad(client)]),
    ]
    const before = loadavg()[0] ?? 0
    const samples = await measure(loads, ways, Number(values.rounds), Number(values.seconds))
    const [cpu] = cpus()
    console.log(
      `${server.how}; Node ${process.versions.node}; ${cpus().length} × ${cpu?.model}; load ${before.toFixed(1)} before, ${loadavg()[0]?.toFixed(1)} after`,
    )
    console.log(`Median (lowest-highest) of ${values.rounds} rounds; the number is that of connections.`)
    show(
      loads,
      ways.map(({ name }) => name),
      samples,
    )
    await server.stop()
  } finally {
    client.close()
    await supervisor.close()
  }
}
