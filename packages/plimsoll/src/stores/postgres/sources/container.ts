import { randomBytes } from 'node:crypto'
import { fault } from '../../../base/errors/fault.ts'
import { ask } from '../../../instruments/process/ask.ts'
import type { Supervised } from '../../../instruments/process/process.ts'
import type { StoreNeed } from '../../define.ts'
import { waitForAnswer } from '../answer.ts'
import type { Instance, Source } from '../instance.ts'
import { containerSettings, settingArguments } from '../settings.ts'

const ENGINES = ['docker', 'podman']
const IMAGE = 'docker.io/library/postgres:18-alpine'
const LABEL = 'plimsoll.lab'
const ASK_TIMEOUT_MS = 5_000
const START_TIMEOUT_MS = 300_000

/** The first engine that answers; else what stands in the way. */
export const findEngine = async (
  engines: readonly string[] = ENGINES,
): Promise<{ engine: string | null; reason: string }> => {
  let reason = `no ${engines.join(' or ')} on this machine`
  for (const engine of engines) {
    const client = await ask(engine, ['--version'], ASK_TIMEOUT_MS)
    if (client.code !== 0) continue
    const answer = await ask(engine, ['info', '--format', '{{json .}}'], ASK_TIMEOUT_MS)
    if (answer.code === 0) return { engine, reason: '' }
    reason = `${engine} is here, but its engine does not answer`
  }
  return { engine: null, reason }
}

/** Ends the server when its input closes, so that a client killed with -9 takes the container with it. */
const INSIDE = 'docker-entrypoint.sh postgres "$@" & cat > /dev/null; kill -QUIT $!; wait'

/** A shell line: the sleeping process is what holds the container's input open, in the same group. */
export const runLine = (engine: string, name: string, password: string, settings: readonly string[]) => {
  const words = [
    ...[engine, 'run', '--rm', '--interactive', '--name', name, '--label', `${LABEL}=${name}`],
    ...['--publish', '127.0.0.1::5432', '--env', 'POSTGRES_USER=plimsoll'],
    ...[
      '--env',
      `POSTGRES_PASSWORD=${password}`,
      '--entrypoint',
      'sh',
      IMAGE,
      '-c',
      INSIDE,
      'sh',
      ...settings,
    ],
  ]
  const quoted = words.map((word) => `'${word.replaceAll("'", `'\\''`)}'`)
  return `sleep 2147483 | ${quoted.join(' ')}`
}

const findPort = async (engine: string, name: string, process: Supervised, signal: AbortSignal) => {
  const until = performance.now() + START_TIMEOUT_MS
  while (performance.now() < until && !process.exit()) {
    signal.throwIfAborted()
    const answer = await ask(engine, ['port', name, '5432/tcp'], ASK_TIMEOUT_MS)
    const port = Number(/127\.0\.0\.1:(\d+)/.exec(answer.stdout)?.[1])
    if (answer.code === 0 && port > 0) return port
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  return null
}

const gone = (process: Supervised) => () =>
  process.exit()
    ? `the container ended: ${process
        .logs()
        .slice(-5)
        .map((line) => line.text)
        .join(' ')}`
    : null

const startContainer = async (need: StoreNeed, engine: string): Promise<Instance> => {
  const name = `plimsoll-${randomBytes(6).toString('hex')}`
  const password = randomBytes(18).toString('hex')
  const { PATH = '', HOME = '', DOCKER_HOST, XDG_RUNTIME_DIR } = process.env
  const container = need.supervisor.spawn({
    command: runLine(engine, name, password, settingArguments(containerSettings(), need.durable)),
    cwd: need.supervisor.scratchDir,
    env: { PATH, HOME, ...(DOCKER_HOST && { DOCKER_HOST }), ...(XDG_RUNTIME_DIR && { XDG_RUNTIME_DIR }) },
  })
  const stop = async () => {
    await ask(engine, ['rm', '--force', name], 20_000)
    await container.kill()
  }
  try {
    const port = await findPort(engine, name, container, need.signal)
    const endpoint = { host: '127.0.0.1', port: port ?? 0, user: 'plimsoll', password, database: 'postgres' }
    const reason = port
      ? await waitForAnswer(endpoint, {
          timeoutMs: START_TIMEOUT_MS,
          signal: need.signal,
          gone: gone(container),
        })
      : (gone(container)() ?? 'the container published no port')
    if (reason === null) return { version: IMAGE.replace(/.*:(\d+).*/, '$1'), label: engine, endpoint, stop }
    throw fault('E_STORE_UNAVAILABLE', {
      store: 'PostgreSQL',
      reason,
      install: `See whether "${engine} pull ${IMAGE}" works.`,
    })
  } catch (error) {
    await stop()
    throw error
  }
}

export const container: Source = {
  id: 'container',
  look: async () => {
    const { engine, reason } = await findEngine()
    if (!engine) return { found: false, reason }
    return { found: true, label: engine, version: null, start: (need) => startContainer(need, engine) }
  },
}
