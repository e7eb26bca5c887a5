import { randomBytes } from 'node:crypto'
import { createServer } from 'node:net'
import { fault } from '../../base/errors/fault.ts'
import type { Supervised } from '../../instruments/process/process.ts'
import type { Endpoint, StoreNeed } from '../define.ts'
import { waitForAnswer } from './answer.ts'
import { BOOTSTRAP_USER, type Cluster, makeCluster, SERVER_ENV } from './cluster.ts'
import { connect } from './connect.ts'
import type { Binaries, Instance } from './instance.ts'
import { chooseOwner, type Owner } from './owner.ts'
import { localSettings, settingArguments } from './settings.ts'
import { releaseOnExit } from './shared-memory.ts'

const START_TIMEOUT_MS = 60_000
const STOP_TIMEOUT_MS = 3_000
const PORT_ATTEMPTS = 5

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })

type Started = { process: Supervised; endpoint: Endpoint } | { reason: string; portTaken: boolean }

const tail = (process: Supervised) =>
  process
    .logs()
    .slice(-5)
    .map((line) => line.text)
    .join(' ')

/** Immediate shutdown first, because it removes the server's shared memory; then the hard way. */
const end = async (process: Supervised): Promise<void> => {
  process.signal('SIGQUIT')
  await process.exited(STOP_TIMEOUT_MS)
  await process.kill()
}

const serve = async (
  need: StoreNeed,
  binaries: Binaries,
  owner: Owner,
  cluster: Cluster,
  port: number,
): Promise<Started> => {
  const process = need.supervisor.spawn({
    command: {
      file: binaries.postgres,
      args: ['-D', cluster.dataDir, ...settingArguments(localSettings(port), need.durable)],
    },
    cwd: cluster.dataDir,
    env: SERVER_ENV,
    ...owner,
  })
  const endpoint = {
    host: '127.0.0.1',
    port,
    user: BOOTSTRAP_USER,
    password: cluster.password,
    database: 'postgres',
  }
  const reason = await waitForAnswer(endpoint, {
    timeoutMs: START_TIMEOUT_MS,
    signal: need.signal,
    gone: () => (process.exit() ? `it ended at once: ${tail(process)}` : null),
  }).catch(async (aborted: unknown) => {
    await end(process)
    throw aborted
  })
  if (reason === null && (await isOurs(endpoint, cluster.dataDir))) return { process, endpoint }
  const portTaken = /address already in use|could not create any TCP\/IP sockets/i.test(tail(process))
  await end(process)
  return reason === null ? { reason: 'another server took the port', portTaken: true } : { reason, portTaken }
}

/** Another lab's server on the port we meant to take knows the same bootstrap password, but has another folder. */
const isOurs = async (endpoint: Endpoint, dataDir: string): Promise<boolean> => {
  const client = await connect(endpoint)
  try {
    const shown = await client.query<{ data_directory: string }>('SHOW data_directory')
    return shown.rows[0]?.data_directory === dataDir
  } finally {
    await client.end()
  }
}

/** Between choosing a port and binding it, somebody else may take it. */
const serveOnFreePort = async (
  need: StoreNeed,
  binaries: Binaries,
  owner: Owner,
  cluster: Cluster,
  choosePort: () => Promise<number>,
): Promise<Started> => {
  let started: Started = { reason: 'no free port', portTaken: true }
  for (let attempt = 0; attempt < PORT_ATTEMPTS; attempt += 1) {
    started = await serve(need, binaries, owner, cluster, await choosePort())
    if ('process' in started || !started.portTaken) return started
  }
  return started
}

/** The app's role may do anything, as the one of a development container may; nobody else knows a password. */
const lend = async (bootstrap: Endpoint): Promise<Endpoint> => {
  const password = randomBytes(18).toString('hex')
  const client = await connect(bootstrap)
  try {
    await client.query(
      `CREATE ROLE plimsoll SUPERUSER CREATEDB CREATEROLE LOGIN PASSWORD '${password}';
       ALTER ROLE ${BOOTSTRAP_USER} PASSWORD '${randomBytes(18).toString('hex')}'`,
    )
  } finally {
    await client.end()
  }
  return { ...bootstrap, user: 'plimsoll', password }
}

/**
 * Makes a cluster in the scratch folder and serves it on an ephemeral port of 127.0.0.1. A cached cluster that
 * does not start is made anew once. Throws E_STORE_UNAVAILABLE with what the server said.
 */
export const startLocal = async (
  need: StoreNeed,
  binaries: Binaries,
  choosePort: () => Promise<number> = freePort,
): Promise<Instance> => {
  const owner = await chooseOwner()
  let reason = ''
  for (let attempt = 0; attempt < 2; attempt += 1) {
    const cluster = await makeCluster(need.supervisor, binaries, owner)
    const started = await serveOnFreePort(need, binaries, owner, cluster, choosePort)
    if ('process' in started) {
      await releaseOnExit(cluster.dataDir)
      return {
        version: binaries.version,
        label: binaries.label,
        endpoint: await lend(started.endpoint),
        stop: () => end(started.process),
      }
    }
    reason = started.reason
    if (started.portTaken) break
    await cluster.forget()
  }
  throw fault('E_STORE_UNAVAILABLE', {
    store: 'PostgreSQL',
    reason,
    install: 'Name another server with "stores.postgres.url", or install another PostgreSQL.',
  })
}
