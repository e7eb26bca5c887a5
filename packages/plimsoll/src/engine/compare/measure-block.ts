import { noiseOf } from '../../lab/load/noise.ts'
import { requestCost, totalLatency } from '../../lab/load/summary.ts'
import type { LoadBench, Window } from '../../lab/load/window.ts'
import type { BlockFigures } from './judge-pairs.ts'

export type Bench = Pick<LoadBench, 'window'>

export type BlockPlan = {
  /** operations that both sides have */
  only: readonly string[]
  ratePerSecond: number
  /** also when something else disturbs it: for trying out, never for an answer */
  anyMachine: boolean
}

/** What a block says, or why it says nothing. */
export type Block = { figures: BlockFigures } | { unusable: string }

export const CONNECTIONS = 16
const OPEN_SECONDS = 1.2
const CLOSED_SECONDS = 0.8
/** No figure here depends on it. */
const SLOW_MS = 200

const answered = ({ load }: Window) => load.operations.reduce((sum, one) => sum + one.answered, 0)

export const answersPerSecond = (window: Window): number =>
  answered(window) / Math.max(0.001, window.load.durationMs / 1_000)

export const sendClosed = (
  bench: Bench,
  only: readonly string[],
  seconds = CLOSED_SECONDS,
): Promise<Window> =>
  bench.window({
    arrivals: { kind: 'closed', connections: CONNECTIONS },
    ...{ seconds, only, connections: CONNECTIONS, slowMs: SLOW_MS },
  })

/** Of two costs, each counts as much as the other, however many requests are behind it. */
const middle = (one: number | null, other: number | null): number | null =>
  one === null || other === null ? null : Math.sqrt(one * other)

const figuresOf = (open: Window, closed: Window): BlockFigures => {
  const latency = totalLatency(open)
  const [atRate, atMost] = [requestCost(open), requestCost(closed)]
  return {
    cost: middle(atRate.appMs, atMost.appMs),
    storeCost: middle(atRate.storeMs, atMost.storeMs),
    rate: answersPerSecond(closed),
    median: latency.count === 0 ? null : latency.quantile(0.5) / 1_000,
    p99: latency.count === 0 ? null : latency.quantile(0.99) / 1_000,
    failed: open.load.ticks.map(({ failed, meant }) => ({ bad: failed, n: meant })),
  }
}

/** Neighbours in time share what a machine is never without: only what would drown both of them is an obstacle. */
const MOST_TAKEN = { mostForeign: 0.2, mostStolen: 0.3 }

const obstacleTo = (window: Window): string | null =>
  (window.load.onlyLate ? null : window.load.refused) ?? noiseOf(window, MOST_TAKEN).reason

/** A second of arrivals at a fixed rate, and nearly one of requests without a pause. */
export const measureBlock = async (bench: Bench, plan: BlockPlan): Promise<Block> => {
  const { only, ratePerSecond, anyMachine } = plan
  const arrivals = { kind: 'constant', ratePerSecond } as const
  const open = await bench.window({ arrivals, seconds: OPEN_SECONDS, only, slowMs: SLOW_MS })
  const closed = await sendClosed(bench, only)
  const unusable = anyMachine
    ? null
    : ([open, closed].map(obstacleTo).find((reason) => reason !== null) ?? null)
  return unusable === null ? { figures: figuresOf(open, closed) } : { unusable }
}
