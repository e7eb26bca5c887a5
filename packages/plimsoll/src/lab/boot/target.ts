import { createHttp } from '../../instruments/http/create-http.ts'
import type { LogLine, Supervised } from '../../instruments/process/process.ts'
import type { Target } from '../lab.ts'
import { type Boot, type BootOptions, bootApp, spawnApp } from './boot-app.ts'
import { findPort } from './find-port.ts'
import { waitUntilReady } from './readiness.ts'

export type BootedTarget = Target & {
  /** the start command's process and the serving one: with their groups and descendants they are the whole app */
  roots(): number[]
  /** ends it and boots it with this environment, which later restarts keep; never throws about the app */
  reboot(env: Readonly<Record<string, string>>): Promise<Boot>
  stop(): Promise<void>
}

/**
 * The booted app as experiments see it. SIGTERM and SIGINT go where an orchestrator would send them: to the
 * process the start command became, or to the serving one where a shell had to stay in between.
 */
export const createTarget = (
  booted: Extract<Boot, { outcome: 'ready' }>,
  options: BootOptions,
): BootedTarget => {
  const { plan, checks, headers, nowMs, sleep, timeoutMs, signal } = options
  const { host, port } = booted.place
  const http = createHttp({ baseUrl: `http://${host}:${port}`, nowMs, headers })
  let current: Supervised = booted.supervised
  let serving = booted.place.pid
  let earlier: LogLine[] = []
  let { env } = options
  const end = async () => {
    await current.kill()
    earlier = [...earlier, ...current.logs()]
  }
  return {
    get pid() {
      return current.pid
    },
    exit: () => current.exit(),
    exited: (waitMs) => current.exited(waitMs),
    signal: (name) => {
      if (name === 'SIGKILL') current.signal(name)
      else current.signalOne(plan.direct ? current.pid : serving, name)
    },
    restart: async () => {
      await end()
      current = spawnApp({ ...options, env })
      const found = await findPort({ supervised: current, told: [port], nowMs, sleep, timeoutMs, signal })
      if (found !== null) serving = found.pid
    },
    reboot: async (changed) => {
      await end()
      env = changed
      const again = await bootApp({ ...options, env, told: [port] })
      current = again.supervised
      if (again.outcome === 'ready') serving = again.place.pid
      return again
    },
    roots: () => [...new Set([current.pid, serving])],
    ready: async (waitMs) => {
      const ended = () => current.exit() !== null
      const asked = { http, checks, ended, nowMs, sleep, timeoutMs: waitMs, signal }
      const { ready, tookMs } = await waitUntilReady(asked)
      return { ready, tookMs }
    },
    logs: (sinceMs = Number.NEGATIVE_INFINITY) => [
      ...earlier.filter(({ atMs }) => atMs >= sinceMs),
      ...current.logs(sinceMs),
    ],
    stop: () => current.kill(),
  }
}
