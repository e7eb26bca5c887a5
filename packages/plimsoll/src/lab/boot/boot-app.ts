import { createHttp } from '../../instruments/http/create-http.ts'
import { speaksTls } from '../../instruments/port/speaks-tls.ts'
import type { Supervised, Supervisor } from '../../instruments/process/process.ts'
import type { Plan } from '../command/plan-command.ts'
import { findPort, type Place } from './find-port.ts'
import { type Readiness, type ReadyCheck, waitUntilReady } from './readiness.ts'

export type BootOptions = {
  supervisor: Supervisor
  plan: Plan
  env: Readonly<Record<string, string>>
  /** ports the app is told, the serving one first */
  told: readonly number[]
  checks: readonly ReadyCheck[]
  headers: Readonly<Record<string, string>>
  timeoutMs: number
  nowMs: () => number
  sleep(ms: number): Promise<void>
  signal: AbortSignal
}

export type Boot =
  | { outcome: 'ready'; supervised: Supervised; place: Place; readyMs: number; checkedPath: string | null }
  | { outcome: 'exited'; supervised: Supervised }
  | { outcome: 'no-port'; supervised: Supervised; bound: number[] }
  | { outcome: 'tls'; supervised: Supervised; place: Place }
  | { outcome: 'not-ready'; supervised: Supervised; readiness: Readiness }

const FIRST_ANSWER_MS = 2_000

/** Starts the process; a program of the machine is found through the PATH of the environment given. */
export const spawnApp = ({ supervisor, plan, env, nowMs }: BootOptions): Supervised =>
  supervisor.spawn({ command: plan.command, cwd: plan.cwd, env: { ...env, ...plan.env }, nowMs })

/** Starts the app and waits until it is ready. Never throws about the app: how it failed is the outcome. */
export const bootApp = async (options: BootOptions): Promise<Boot> => {
  const { told, checks, headers, timeoutMs, nowMs, sleep, signal } = options
  const startMs = nowMs()
  const supervised = spawnApp(options)
  const place = await findPort({ supervised, told, nowMs, sleep, timeoutMs, signal })
  if (place === null) {
    const gone = supervised.exit() ?? (signal.aborted ? null : await supervised.exited(0))
    if (gone !== null) return { outcome: 'exited', supervised }
    const bound = await supervised.listening()
    return { outcome: 'no-port', supervised, bound: bound.map(({ port }) => port) }
  }
  const http = createHttp({ baseUrl: `http://${place.host}:${place.port}`, nowMs, headers })
  const { status } = await http.request({ method: 'GET', path: '/', timeoutMs: FIRST_ANSWER_MS, signal })
  const host = place.host.replace(/[[\]]/g, '')
  if (status === null && (await speaksTls(host, place.port))) return { outcome: 'tls', supervised, place }
  const readiness = await waitUntilReady({
    http,
    checks,
    ended: () => supervised.exit() !== null,
    nowMs,
    sleep,
    timeoutMs: timeoutMs - (nowMs() - startMs),
    signal,
  })
  if (readiness.ready) {
    return { outcome: 'ready', supervised, place, readyMs: nowMs() - startMs, checkedPath: readiness.path }
  }
  if (supervised.exit() !== null) return { outcome: 'exited', supervised }
  return { outcome: 'not-ready', supervised, readiness }
}
