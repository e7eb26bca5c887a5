import { histogramOf } from '../../base/stats/histogram.ts'
import { coarseBuckets, hdrOf } from '../../lab/load/summary.ts'
import type { Window } from '../../lab/load/window.ts'
import { type Field, take } from './field.ts'
import type { Steady, Timed } from './seen.ts'

type Result = Window['load']['operations'][number]

/** As many clean requests prove that fewer than one in a thousand fails, and a few more. */
const ENOUGH_FOR_ERRORS = 3_100
/** As many clean requests of each operation prove that fewer than one in a hundred is slow, and a few more. */
const ENOUGH_EACH = 450
const SHORTEST_SECONDS = 3

type Wanted = {
  /** of the operation that is sent the least, of all requests */
  fewestShare: number
  mostSeconds: number
}

/** As long as it takes to decide what can be decided in the time there is, and no longer. */
export const secondsFor = (ratePerSecond: number, { fewestShare, mostSeconds }: Wanted): number => {
  const wanted = [ENOUGH_FOR_ERRORS / ratePerSecond, ENOUGH_EACH / (ratePerSecond * fewestShare)]
  const possible = wanted.filter((seconds) => seconds <= mostSeconds)
  return Math.max(SHORTEST_SECONDS, ...possible)
}

export const timedOf = (result: Result): Timed => {
  const latency = histogramOf(result.latency)
  const ms = (p: number) => latency.quantile(p) / 1_000
  return {
    name: result.name,
    n: result.meant,
    slow: result.slow,
    ...{ p50Ms: ms(0.5), p90Ms: ms(0.9), p99Ms: ms(0.99), maxMs: latency.maxUs / 1_000 },
    buckets: coarseBuckets(latency, 60).map(([ms, count]) => [Number(ms.toPrecision(4)), count]),
    hdr: hdrOf(result.latency),
    statuses: result.statuses,
    errors: result.errors,
  }
}

const cpuMsEach = (cores: number | null, durationMs: number, n: number) =>
  cores === null || n === 0 ? null : (cores * durationMs) / n

/** Holds one rate, and keeps what each operation took. Null where nothing came. */
export const holdSteady = async (
  field: Field,
  ratePerSecond: number,
  { chosen, ...wanted }: Wanted & { chosen: Steady['chosen'] },
): Promise<Steady | null> => {
  const seconds = secondsFor(ratePerSecond, wanted)
  const taken = await take(field, {
    arrivals: { kind: 'poisson', ratePerSecond },
    seconds,
    connections: 256,
    exact: true,
  })
  const { load, gauge } = taken.window
  const n = load.operations.reduce((sum, { meant }) => sum + meant, 0)
  if (n === 0) return null
  return {
    ...{ ratePerSecond, chosen },
    sendingMs: load.sendingMs,
    operations: load.operations.map(timedOf),
    ticks: load.ticks.map(({ meant, slow, failed }) => [meant, slow, failed]),
    appCpuMs: cpuMsEach(gauge.appCores, gauge.durationMs, n),
    storeCpuMs: cpuMsEach(gauge.storeCores, gauge.durationMs, n),
    bytes: load.operations.reduce((sum, { bytes }) => sum + bytes, 0) / n,
    noise: taken.noise ?? (taken.late ? load.refused : null),
  }
}
