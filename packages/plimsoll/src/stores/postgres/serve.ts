import { freePort } from '../../instruments/port/free-port.ts'
import type { Supervised } from '../../instruments/process/process.ts'
import type { Endpoint, StoreNeed } from '../define.ts'
import { waitForAnswer } from './answer.ts'
import { SERVER_ENV } from './cluster.ts'
import { connect } from './connect.ts'
import type { Binaries } from './instance.ts'
import type { Owner } from './owner.ts'
import { localSettings, settingArguments } from './settings.ts'
import { releaseOnExit } from './shared-memory.ts'

const START_TIMEOUT_MS = 60_000
const STOP_TIMEOUT_MS = 3_000
const PORT_ATTEMPTS = 5

/** What a server is started from; the login is one that its cluster knows. */
export type Served = {
  need: StoreNeed
  binaries: Binaries
  owner: Owner
  dataDir: string
  login: { user: string; password: string }
}

export type Started = { process: Supervised; endpoint: Endpoint } | { reason: string; portTaken: boolean }

const tail = (process: Supervised) =>
  process
    .logs()
    .slice(-5)
    .map((line) => line.text)
    .join(' ')

/** Immediate shutdown first, because it removes the server's shared memory; then the hard way. */
export const end = async (process: Supervised): Promise<void> => {
  process.signal('SIGQUIT')
  await process.exited(STOP_TIMEOUT_MS)
  await process.kill()
}

/** Serves a cluster on that port of 127.0.0.1, and waits until it answers. Nothing is left running where it does not. */
export const serve = async (
  { need, binaries, owner, dataDir, login }: Served,
  port: number,
): Promise<Started> => {
  const process = need.supervisor.spawn({
    command: {
      file: binaries.postgres,
      args: ['-D', dataDir, ...settingArguments(localSettings(port), need.durable)],
    },
    cwd: dataDir,
    env: SERVER_ENV,
    ...owner,
  })
  const endpoint = { host: '127.0.0.1', port, ...login, database: 'postgres' }
  const reason = await waitForAnswer(endpoint, {
    timeoutMs: START_TIMEOUT_MS,
    signal: need.signal,
    gone: () => (process.exit() ? `it ended at once: ${tail(process)}` : null),
  }).catch(async (aborted: unknown) => {
    await end(process)
    throw aborted
  })
  if (reason === null && (await isOurs(endpoint, dataDir))) {
    await releaseOnExit(dataDir)
    return { process, endpoint }
  }
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
export const serveOnFreePort = async (
  served: Served,
  choosePort: () => Promise<number> = freePort,
): Promise<Started> => {
  let started: Started = { reason: 'no free port', portTaken: true }
  for (let attempt = 0; attempt < PORT_ATTEMPTS; attempt += 1) {
    started = await serve(served, await choosePort())
    if ('process' in started || !started.portTaken) return started
  }
  return started
}
