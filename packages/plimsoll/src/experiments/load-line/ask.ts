import { totalLatency } from '../../lab/load/summary.ts'
import type { Window } from '../../lab/load/window.ts'
import { type Field, type Taken, take } from './field.ts'
import type { Pressed, Probe } from './seen.ts'
import { effectiveCount, isLost, quantileInterval, weighWindow } from './weigh-window.ts'

export type Asked = { probe: Probe; window: Window }

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

/** Answers that still come after half a second have waited longer than any that is inside. */
const TIMEOUT_MS = 5_000
const CONNECTIONS = 256
const PRESSED_SECONDS = 2

/** What one window says, small enough to be kept. */
export const summarise = (
  { window, noise, late }: Taken,
  ratePerSecond: number,
  step: Probe['step'],
  limits: Field['limits'],
): Probe => {
  const { ticks, sendingMs } = window.load
  const latency = totalLatency(window)
  const n = sum(ticks.map(({ meant }) => meant))
  return {
    ...{ ratePerSecond, step, sendingMs, n, noise },
    slow: sum(ticks.map(({ slow }) => slow)),
    failed: sum(ticks.map(({ failed }) => failed)),
    goodPerSecond: sum(ticks.map(({ good }) => good)) / Math.max(0.1, sendingMs / 1_000),
    p50Ms: latency.quantile(0.5) / 1_000,
    p99Ms: latency.quantile(0.99) / 1_000,
    p99IntervalMs: quantileInterval(latency, 0.99, effectiveCount(ticks)),
    ...weighWindow(window, ratePerSecond, limits, late),
  }
}

/** One window of arrivals at a fixed rate, ended early where it is lost; null where the generator could not keep up. */
export const ask = async (
  field: Field,
  ratePerSecond: number,
  { step, seconds }: { step: Probe['step']; seconds: number },
): Promise<Asked | null> => {
  const taken = await take(field, {
    arrivals: { kind: 'poisson', ratePerSecond },
    seconds,
    timeoutMs: TIMEOUT_MS,
    connections: CONNECTIONS,
    stopWhen: isLost(ratePerSecond, field.limits),
  })
  if (taken === null) return null
  const probe = summarise(taken, ratePerSecond, step, field.limits)
  return probe.n === 0 ? null : { probe, window: taken.window }
}

/** Not ended early, however it goes: where the limit shows best is a little above the line. */
export const press = async (field: Field, ratePerSecond: number): Promise<Asked | null> => {
  const taken = await take(field, {
    arrivals: { kind: 'poisson', ratePerSecond },
    seconds: PRESSED_SECONDS,
    timeoutMs: TIMEOUT_MS,
    connections: CONNECTIONS,
  })
  if (taken === null) return null
  return { probe: summarise(taken, ratePerSecond, 'beyond', field.limits), window: taken.window }
}

/** What was seen beside the load of one window. */
export const pressedOf = ({ window, probe }: Asked): Pressed => {
  const open = window.load.ticks.map((tick) => tick.open).sort((a, b) => a - b)
  return {
    ratePerSecond: probe.ratePerSecond,
    goodPerSecond: probe.goodPerSecond,
    open: open[Math.floor(open.length / 2)] ?? 0,
    gauge: window.gauge,
    sessions: window.sessions,
  }
}
