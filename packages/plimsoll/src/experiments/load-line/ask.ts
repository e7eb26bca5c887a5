import { totalLatency } from '../../lab/load/summary.ts'
import type { Window } from '../../lab/load/window.ts'
import { type Field, type Taken, take } from './field.ts'
import type { Pressed, Probe } from './seen.ts'
import { effectiveCount, isLost, quantileInterval, type Weighed, weighWindow } from './weigh-window.ts'

export type Asked = { probe: Probe; window: Window }

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

/** Answers that still come after half a second have waited longer than any that is inside. */
const TIMEOUT_MS = 5_000
const CONNECTIONS = 256
const PRESSED_SECONDS = 2

/** A rate at which the machine has no time left to send is none that it carries. */
const STARVED: Weighed = {
  side: 'outside',
  reliability: 0.7,
  why: 'no processor time was left to send on time, and nobody else used it',
}

/** A queue that grew until the window was ended is gone when the last answers are in. */
const LOST: Weighed = { side: 'outside', reliability: 0.85, why: 'the queue grew until the window was ended' }

/** Of what is answered after the last request left, as much counts as time: a straggler is no throughput. */
const LONGEST_DRAIN_MS = 1_000

const secondsOf = ({ load: { sendingMs, durationMs } }: Window) =>
  Math.max(100, sendingMs + Math.min(LONGEST_DRAIN_MS, Math.max(0, durationMs - sendingMs))) / 1_000

/** What one window says, small enough to be kept. */
export const summarise = (
  { window, noise, late, useless }: Taken,
  ratePerSecond: number,
  step: Probe['step'],
  limits: Field['limits'],
): Probe => {
  const { ticks, sendingMs } = window.load
  const latency = totalLatency(window)
  const n = sum(ticks.map(({ meant }) => meant))
  const weighed = weighWindow(window, ratePerSecond, limits, late)
  return {
    ...{ ratePerSecond, step, sendingMs, n, noise },
    slow: sum(ticks.map(({ slow }) => slow)),
    failed: sum(ticks.map(({ failed }) => failed)),
    goodPerSecond: sum(ticks.map(({ good }) => good)) / secondsOf(window),
    p50Ms: latency.quantile(0.5) / 1_000,
    p99Ms: latency.quantile(0.99) / 1_000,
    p99IntervalMs: quantileInterval(latency, 0.99, effectiveCount(ticks)),
    ...(useless && weighed.side !== 'inside' ? STARVED : weighed),
  }
}

/** A late generator makes a quick service look slow, never a slow one quick; with others to blame it says nothing else. */
export const isUsable = ({ useless, noise }: Taken, { n, side }: Probe) =>
  n > 0 && !(useless && noise !== null && side !== 'inside')

/** One window of arrivals at a fixed rate, ended early where it is lost; null where the generator could not keep up. */
export const ask = async (
  field: Field,
  ratePerSecond: number,
  { step, seconds }: { step: Probe['step']; seconds: number },
): Promise<Asked | null> => {
  const isOver = isLost(ratePerSecond, field.limits)
  let lost = false
  const taken = await take(field, {
    arrivals: { kind: 'poisson', ratePerSecond },
    seconds,
    timeoutMs: TIMEOUT_MS,
    connections: CONNECTIONS,
    stopWhen: (ticks) => {
      // The first tick is that of a new window, where the last one is repeated.
      lost = (lost && ticks.length > 1) || isOver(ticks)
      return lost
    },
  })
  const seen = summarise(taken, ratePerSecond, step, field.limits)
  const probe = lost && seen.side !== 'outside' ? { ...seen, ...LOST } : seen
  return isUsable(taken, probe) ? { probe, window: taken.window } : null
}

/** Not ended early, however it goes: where the limit shows best is above the line. */
export const press = async (field: Field, ratePerSecond: number): Promise<Asked & { usable: boolean }> => {
  const taken = await take(field, {
    arrivals: { kind: 'poisson', ratePerSecond },
    seconds: PRESSED_SECONDS,
    timeoutMs: TIMEOUT_MS,
    connections: CONNECTIONS,
  })
  const probe = summarise(taken, ratePerSecond, 'beyond', field.limits)
  return { probe, window: taken.window, usable: isUsable(taken, probe) }
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
