import type { Lab } from '../../lab/lab.ts'
import { noiseOf } from '../../lab/load/noise.ts'
import { totalLatency } from '../../lab/load/summary.ts'
import type { LoadBench, Window } from '../../lab/load/window.ts'
import type { Moment } from './index.ts'

const WARM_UP_SECONDS = 2
const CONNECTIONS = 32
/** As many moments as show a trend and fit into a chart. */
const MOMENTS = 40
const SHORTEST_SECONDS = 0.5
const OF_THE_MOST = 0.5
const LOWEST_RATE = 2

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

const momentOf = ({ load, gauge, sessions }: Window, atSeconds: number): Moment => {
  const latency = totalLatency({ load })
  return {
    atSeconds,
    n: sum(load.ticks.map(({ meant }) => meant)),
    failed: sum(load.ticks.map(({ failed }) => failed)),
    p50Ms: latency.quantile(0.5) / 1_000,
    p99Ms: latency.quantile(0.99) / 1_000,
    memoryMb: gauge.appMemoryMb,
    descriptors: gauge.appDescriptors,
    connections: sessions?.sessions ?? null,
    noise: noiseOf({ gauge }).reason,
  }
}

type Options = { seconds: number; slowMs: number; signal: AbortSignal }

/** Half of what the service can do, for so long, with a look at its memory, descriptors and connections again and again. */
export const keepUp = async (
  lab: Lab,
  bench: LoadBench,
  { seconds, slowMs, signal }: Options,
): Promise<{ ratePerSecond: number; moments: Moment[] }> => {
  const { load } = await bench.window({
    arrivals: { kind: 'closed', connections: CONNECTIONS },
    ...{ connections: CONNECTIONS, seconds: WARM_UP_SECONDS, slowMs },
  })
  const answered = sum(load.operations.map((operation) => operation.answered))
  const most = answered / Math.max(0.1, load.durationMs / 1_000)
  const ratePerSecond = Math.max(LOWEST_RATE, most * OF_THE_MOST)
  const stretch = Math.max(SHORTEST_SECONDS, seconds / MOMENTS)
  const moments: Moment[] = []
  const startedMs = lab.nowMs()
  const elapsed = () => (lab.nowMs() - startedMs) / 1_000
  while (elapsed() < seconds && !signal.aborted && lab.target.exit() === null) {
    const window = await bench.window({
      arrivals: { kind: 'poisson', ratePerSecond },
      ...{ seconds: stretch, slowMs },
    })
    moments.push(momentOf(window, elapsed()))
  }
  return { ratePerSecond, moments }
}
