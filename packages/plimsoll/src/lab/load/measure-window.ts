import { histogramOf } from '../../base/stats/histogram.ts'
import type { Sentinel } from '../../instruments/gauge/gauge.ts'
import type { LoadOperation, LoadPlan, LoadResult, LoadTick } from '../../instruments/load/load.ts'
import type { Lab } from '../lab.ts'
import { targetOf } from './target-of.ts'
import { watchSessions } from './watch-sessions.ts'
import type { Window, WindowOptions } from './window.ts'

const CONNECTIONS = 64
const TIMEOUT_MS = 10_000
const GRACE_MS = 500
const SENTINEL_RATE = 50

type Measuring = Pick<Lab, 'http' | 'stores' | 'load' | 'gauge' | 'sleep'>

type Parts = {
  operations: readonly LoadOperation[]
  sentinel: Sentinel | null
  seed: number
  signal: AbortSignal
}

const planOf = (
  { operations, seed }: Parts,
  target: LoadPlan['target'],
  { arrivals, seconds, slowMs, timeoutMs = TIMEOUT_MS, connections = CONNECTIONS }: WindowOptions,
): LoadPlan => ({
  ...{ target, operations, arrivals, connections, timeoutMs, slowMs, seed },
  protocol: 'http/1.1',
  durationMs: seconds * 1_000,
})

const sentinelPlan = ({ host, port }: Sentinel, seed: number, options: WindowOptions): LoadPlan => ({
  target: { host, port },
  protocol: 'http/1.1',
  operations: [{ name: 'sentinel', weight: 1, requests: [{ method: 'GET', path: '/', headers: {} }] }],
  arrivals: { kind: 'constant', ratePerSecond: SENTINEL_RATE },
  durationMs: options.seconds * 1_000,
  connections: 2,
  timeoutMs: TIMEOUT_MS,
  slowMs: TIMEOUT_MS,
  seed,
})

/** The sentinel answers on time or the machine is at fault; what was given up at the end says nothing. */
const sentinelOf = (result: LoadResult | null): Window['sentinel'] => {
  const latency = result?.operations[0]?.latency
  if (latency === undefined) return null
  const histogram = histogramOf(latency)
  return { n: histogram.count, p50Us: histogram.quantile(0.5), p99Us: histogram.quantile(0.99) }
}

/** Sends load for a while, and watches the machine, the store's sessions and the sentinel while it lasts. */
export const measureWindow = async (
  lab: Measuring,
  parts: Parts,
  options: WindowOptions,
): Promise<Window> => {
  const { sentinel, seed, signal } = parts
  const ticks: LoadTick[] = []
  const onTick = (tick: LoadTick) => {
    ticks.push(tick)
    if (options.stopWhen?.(ticks) === true) run.stop(GRACE_MS)
  }
  const endSessions = watchSessions(lab, signal)
  const endReading = lab.gauge.start()
  const beside = sentinel === null ? null : lab.load().run(sentinelPlan(sentinel, seed, options))
  const run = lab.load().run(planOf(parts, targetOf(lab.http.baseUrl), options), { onTick })
  const stop = () => run.stop(0)
  signal.addEventListener('abort', stop, { once: true })
  if (signal.aborted) stop()
  const load = await run.done
  signal.removeEventListener('abort', stop)
  const gauge = endReading()
  const sessions = await endSessions()
  beside?.stop(0)
  const echoed = (await beside?.done) ?? null
  return { arrivals: options.arrivals, load, gauge, sentinel: sentinelOf(echoed), sessions }
}
