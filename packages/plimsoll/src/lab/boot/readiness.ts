import type { Http } from '../../instruments/http/http.ts'
import type { Config } from '../../model/config.ts'
import type { Health } from '../../model/reading/health-routes.ts'
import type { Route } from '../../model/system.ts'
import { changesData } from '../speak/changing-reads.ts'

/** One request that tells whether the app is ready, and which answers count. */
export type ReadyCheck = { path: string; accepts(status: number): boolean; why: string }

const REQUEST_TIMEOUT_MS = 5_000
const PAUSE_MS = 50

/** A declared path must succeed; a health route must not say no; otherwise any answer shows that it listens. */
export const readyChecks = (config: Config, health: Health, routes: readonly Route[]): ReadyCheck[] => {
  const declared = config.ready?.path
  if (declared !== undefined) {
    return [{ path: declared, accepts: (status) => status < 400, why: '"ready.path" of the configuration' }]
  }
  const known = routes.find(
    (route) => route.method === 'GET' && !/[:*]/.test(route.path) && !changesData(route),
  )?.path
  const checks: ReadyCheck[] = [health.ready, health.live]
    .filter((path) => path !== null)
    .map((path) => ({ path, accepts: (status) => status < 500 && status !== 404, why: 'a health route' }))
  return [...checks, { path: known ?? '/', accepts: () => true, why: 'the first answer' }]
}

export type Readiness = { ready: boolean; tookMs: number; path: string | null; lastStatus: number | null }

export type ReadyOptions = {
  http: Http
  checks: readonly ReadyCheck[]
  /** the app is gone: nothing more will answer */
  ended: () => boolean
  nowMs: () => number
  sleep(ms: number): Promise<void>
  timeoutMs: number
  signal: AbortSignal
}

/** Asks until one check is satisfied; a check whose path does not exist gives way to the next one. */
export const waitUntilReady = async (options: ReadyOptions): Promise<Readiness> => {
  const { http, checks, ended, nowMs, sleep, timeoutMs, signal } = options
  const startMs = nowMs()
  const left = () => timeoutMs - (nowMs() - startMs)
  let index = 0
  let lastStatus: number | null = null
  while (left() > 0 && !ended() && !signal.aborted) {
    const check = checks[index]
    if (check === undefined) break
    const timeout = Math.max(1, Math.ceil(Math.min(REQUEST_TIMEOUT_MS, left())))
    const { status } = await http.request({ method: 'GET', path: check.path, timeoutMs: timeout, signal })
    if (status !== null) lastStatus = status
    if (status !== null && check.accepts(status)) {
      return { ready: true, tookMs: nowMs() - startMs, path: check.path, lastStatus }
    }
    if (status === 404 && index < checks.length - 1) index += 1
    else await sleep(PAUSE_MS)
  }
  return { ready: false, tookMs: nowMs() - startMs, path: checks[index]?.path ?? null, lastStatus }
}
