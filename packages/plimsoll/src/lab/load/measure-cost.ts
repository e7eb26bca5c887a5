import { histogramOf } from '../../base/stats/histogram.ts'
import { medianOf } from '../../base/stats/quantile.ts'
import type { LoadOperation, LoadResult } from '../../instruments/load/load.ts'
import type { Lab } from '../lab.ts'
import type { Repeated } from './repeat-alone.ts'
import { statementCost } from './statement-cost.ts'
import { targetOf } from './target-of.ts'
import type { OperationCost } from './window.ts'

export type Measured = { cost: OperationCost; statuses: Record<string, number> }

type Measuring = Pick<Lab, 'http' | 'stores' | 'load' | 'gauge' | 'random' | 'sleep'>

/** Less is within what the system's own clock of processor time can tell. */
const FEWEST_BUSY_MS = 20
/** What a request started and did not wait for. */
const SETTLE_MS = 30
const TIMEOUT_MS = 10_000

type MeasureOptions = {
  batchMs: number
  /** shapes of statements that come without any request */
  background: ReadonlySet<string>
  signal: AbortSignal
}

const statementsDuring = async <T>(
  lab: Measuring,
  { background }: MeasureOptions,
  work: () => Promise<T>,
) => {
  const wires = lab.stores.flatMap(({ wire }) => (wire === null ? [] : [wire]))
  const marks = wires.map((wire) => wire.mark())
  const result = await work()
  await lab.sleep(SETTLE_MS)
  const records = wires.flatMap((wire, index) => wire.since(marks[index] ?? 0))
  return {
    result,
    records: wires.length === 0 ? null : records.filter(({ shape }) => !background.has(shape)),
  }
}

const sendOneByOne = (
  lab: Measuring,
  operation: LoadOperation,
  { batchMs, signal }: MeasureOptions,
): Promise<LoadResult> => {
  const run = lab.load().run({
    target: targetOf(lab.http.baseUrl),
    protocol: 'http/1.1',
    operations: [{ ...operation, weight: 1 }],
    arrivals: { kind: 'closed', connections: 1 },
    durationMs: batchMs,
    connections: 1,
    timeoutMs: TIMEOUT_MS,
    slowMs: TIMEOUT_MS,
    seed: lab.random.integer(1, 2 ** 31),
  })
  const stop = () => run.stop(0)
  signal.addEventListener('abort', stop, { once: true })
  return run.done.finally(() => signal.removeEventListener('abort', stop))
}

/** What one request costs, from many on one connection, the next when the last one is answered. */
export const measureCost = async (
  lab: Measuring,
  operation: LoadOperation,
  repeated: Repeated,
  options: MeasureOptions,
): Promise<Measured> => {
  const end = lab.gauge.start()
  const { result, records } = await statementsDuring(lab, options, async () => {
    const sent = await sendOneByOne(lab, operation, options)
    return { sent, reading: end() }
  })
  const [seen] = result.sent.operations
  const { durationMs, appBusiestThread } = result.reading
  const n = seen?.answered ?? 0
  const busyMs = appBusiestThread === null ? null : appBusiestThread * durationMs
  const alone = medianOf(repeated.exchanges.map((exchange) => exchange.durationMs))
  return {
    statuses: seen?.statuses ?? {},
    cost: {
      n: n + repeated.exchanges.length,
      p50Ms: seen === undefined || n === 0 ? alone : histogramOf(seen.service).quantile(0.5) / 1_000,
      ...(records === null ? { statements: null, repeated: null, slowest: null } : statementCost(records, n)),
      busyMs: busyMs === null || busyMs < FEWEST_BUSY_MS || n === 0 ? null : busyMs / n,
      bytes: medianOf(repeated.bytes),
    },
  }
}
