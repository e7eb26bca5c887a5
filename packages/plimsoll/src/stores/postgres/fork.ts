import { randomBytes } from 'node:crypto'
import { chown, mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type pg from 'pg'
import { fault } from '../../base/errors/fault.ts'
import type { Supervised } from '../../instruments/process/process.ts'
import type { Endpoint } from '../define.ts'
import { connect } from './connect.ts'
import type { OwnInstance } from './instance.ts'
import { end, type Served, type Started, serve, serveOnFreePort } from './serve.ts'
import { copyTree } from './tree.ts'

/** Belongs to the running server alone, or is made anew at each start. */
const ITS_OWN =
  /^(?:postmaster\.(?:pid|opts)|(?:pg_(?:dynshmem|notify|replslot|serial|snapshots|stat_tmp|subtrans))\/)|(?:^|\/)pgsql_tmp/

const PORT_ATTEMPTS = 20
const AGAIN_MS = 250

/** Until 14 the two functions had other names. */
const backupWords = async (client: pg.Client) => {
  const { rows } = await client.query<{ old: boolean }>(
    "SELECT current_setting('server_version_num')::int < 150000 AS old",
  )
  return rows[0]?.old
    ? { start: "SELECT pg_start_backup('plimsoll', true, false)", stop: 'pg_stop_backup(false, false)' }
    : { start: "SELECT pg_backup_start('plimsoll', true)", stop: 'pg_backup_stop(false)' }
}

/**
 * A copy of the whole cluster while it serves: whatever is torn in the files, the log repairs at the first start.
 * The log is copied last, when it holds all that happened meanwhile.
 */
const copyCluster = async (endpoint: Endpoint, from: string, to: string, owner: Served['owner']) => {
  const client = await connect(endpoint)
  try {
    const { start, stop } = await backupWords(client)
    await client.query(start)
    await copyTree(from, to, owner ?? undefined, (path) => !ITS_OWN.test(path) && !/^pg_wal\/./.test(path))
    const { rows } = await client.query<{ labelfile: string }>(`SELECT labelfile FROM ${stop}`)
    const label = rows[0]?.labelfile ?? ''
    await writeFile(join(to, 'backup_label'), label)
    if (owner) await chown(join(to, 'backup_label'), owner.uid, owner.gid)
    const first = /file ([0-9A-F]{24})/.exec(label)?.[1] ?? ''
    const wanted = (path: string) => !/^[0-9A-F]{24}/.test(path) || path >= first
    await copyTree(join(from, 'pg_wal'), join(to, 'pg_wal'), owner ?? undefined, wanted)
  } finally {
    await client.end()
  }
}

const running = (started: Started): Extract<Started, { process: Supervised }> => {
  if ('process' in started) return started
  const install = 'Start it by hand to see why, or name another server with "stores.postgres.url".'
  throw fault('E_STORE_UNAVAILABLE', { store: 'PostgreSQL', reason: started.reason, install })
}

/** While it is down, any program may be given its port for a moment. */
const serveAgain = async (served: Served, port: number): Promise<Started> => {
  for (let attempt = 1; ; attempt += 1) {
    const started = await serve(served, port)
    if ('process' in started || !started.portTaken || attempt === PORT_ATTEMPTS) return started
    await wait(AGAIN_MS, undefined, { signal: served.need.signal })
  }
}

const findWriter = async (endpoint: Endpoint): Promise<number | null> => {
  const client = await connect(endpoint)
  try {
    const { rows } = await client.query<{ pid: number }>(
      "SELECT pid FROM pg_stat_activity WHERE backend_type = 'walwriter'",
    )
    return rows[0]?.pid ?? null
  } finally {
    await client.end()
  }
}

/** A server apart, on a copy of a cluster that serves at `endpoint`, with PostgreSQL's own promises about the disk. */
export const fork = async (source: Served, endpoint: Endpoint): Promise<OwnInstance> => {
  const dataDir = join(source.need.supervisor.scratchDir, `postgres-${randomBytes(4).toString('hex')}`)
  const served: Served = { ...source, dataDir, need: { ...source.need, durable: true } }
  const remove = () => rm(dataDir, { recursive: true, force: true, maxRetries: 5 })
  await mkdir(dataDir, { mode: 0o700 })
  if (source.owner) await chown(dataDir, source.owner.uid, source.owner.gid)
  const begin = async () => {
    await copyCluster(endpoint, source.dataDir, dataDir, source.owner)
    return running(await serveOnFreePort(served))
  }
  let current = await begin().catch(async (thrown: unknown) => {
    await remove()
    throw thrown
  })
  let stopped: Promise<void> | null = null
  const stop = async () => {
    await end(current.process)
    await remove()
  }
  return {
    endpoint: current.endpoint,
    get pid() {
      return current.process.pid
    },
    lag: async () => {
      const pid = await findWriter(current.endpoint)
      if (pid !== null) current.process.signalOne(pid, 'SIGSTOP')
    },
    kill: () => current.process.kill(),
    start: async () => {
      await current.process.kill()
      // Its number may meanwhile be another process's, and then the server would believe that it still runs.
      await rm(join(dataDir, 'postmaster.pid'), { force: true })
      current = running(await serveAgain(served, current.endpoint.port))
    },
    stop: () => {
      stopped ??= stop()
      return stopped
    },
  }
}
