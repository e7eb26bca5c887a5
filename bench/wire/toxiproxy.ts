import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Supervisor } from '../../packages/plimsoll/src/instruments/process/process.ts'
import type { Endpoint } from '../../packages/plimsoll/src/stores/define.ts'
import type { Way } from './figures.ts'

const VERSION = 'v2.12.0'
const MODULE = `github.com/Shopify/toxiproxy/v2/cmd/server@${VERSION}`
const BUILD_TIMEOUT_MS = 600_000
const START_TRIES = 100
const GO_PLACES = ['/usr/local/go/bin', '/opt/homebrew/bin', '/usr/local/bin']

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })

/** Built once for each machine, below its folder for temporary files; else why not. */
const build = async (supervisor: Supervisor): Promise<{ binary: string } | { reason: string }> => {
  const dir = join(tmpdir(), `plimsoll-bench-toxiproxy-${VERSION}`)
  const binary = join(dir, 'server')
  if (existsSync(binary)) return { binary }
  await mkdir(dir, { recursive: true })
  const { PATH = '', GOPROXY = '', HOME = dir } = process.env
  const env = {
    PATH: [PATH, ...GO_PLACES].join(':'),
    HOME,
    GOBIN: dir,
    GOFLAGS: '-modcacherw',
    ...(GOPROXY && { GOPROXY }),
  }
  console.log(`Building Toxiproxy ${VERSION} into ${dir}`)
  const command = { file: 'go', args: ['install', MODULE] }
  const run = await supervisor
    .run({ command, cwd: dir, env, timeoutMs: BUILD_TIMEOUT_MS })
    .catch((error: unknown) => ({ logs: [{ text: String(error) }] }))
  if (existsSync(binary)) return { binary }
  return { reason: run.logs.at(-1)?.text ?? '"go install" said nothing' }
}

/** Toxiproxy without any toxic, between us and the endpoint; where it cannot run, why. */
export const startToxiproxy = async (
  supervisor: Supervisor,
  to: Endpoint,
): Promise<Way | { reason: string }> => {
  const built = await build(supervisor)
  if ('reason' in built) return built
  const port = await freePort()
  const server = supervisor.spawn({
    command: { file: built.binary, args: ['-host', '127.0.0.1', '-port', String(port)] },
    cwd: supervisor.scratchDir,
    env: { LOG_LEVEL: 'error' },
  })
  const body = JSON.stringify({
    name: 'store',
    listen: '127.0.0.1:0',
    upstream: `${to.host}:${to.port}`,
    enabled: true,
  })
  for (let tries = 0; tries < START_TRIES && !server.exit(); tries += 1) {
    const answer = await fetch(`http://127.0.0.1:${port}/proxies`, { method: 'POST', body }).catch(() => null)
    if (answer?.status === 201) {
      const { listen } = (await answer.json()) as { listen: string }
      const at = { ...to, host: '127.0.0.1', port: Number(listen.split(':').at(-1)) }
      return { name: `Toxiproxy ${VERSION}`, at, pid: server.pid }
    }
    await wait(50)
  }
  return { reason: `it does not answer: ${server.logs().at(-1)?.text ?? ''}` }
}
