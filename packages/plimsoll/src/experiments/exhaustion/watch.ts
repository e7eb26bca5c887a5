import type { Lab, RequestOptions } from '../../lab/lab.ts'
import { changesData } from '../../lab/speak/changing-reads.ts'
import type { Exchange } from '../../model/evidence.ts'
import type { Cost } from './seen.ts'

const EVERY_MS = 25
const LIMIT_MS = 20_000

/** A small request that anybody may be waiting for meanwhile. */
export const bystanderOf = (lab: Lab): RequestOptions => {
  const path = lab.health.live ?? lab.health.ready
  if (path !== null) return { method: 'GET', path }
  const reads = lab.known.filter(({ request, route }) => request.method === 'GET' && !changesData(route))
  const [first] = reads.sort((a, b) => sum(a.statements) - sum(b.statements))
  return first?.request ?? { method: 'GET', path: '/' }
}

const sum = (counts: Record<string, number>) => Object.values(counts).reduce((total, n) => total + n, 0)

const memoryOf = (lab: Pick<Lab, 'gauge'>) => lab.gauge.start()().appMemoryMb

/** Only where no answer came it may be about to end. */
const isGone = async ({ target }: Pick<Lab, 'target'>, { status }: Exchange): Promise<boolean> =>
  status === null ? (await target.exited(250)) !== null : target.exit() !== null

/** What came of one request, and what it cost the app and whoever asked something else meanwhile. */
export const watch = async (
  lab: Pick<Lab, 'gauge' | 'http' | 'nowMs' | 'sleep' | 'target'>,
  request: RequestOptions,
  bystander: RequestOptions,
  signal: AbortSignal,
): Promise<Cost & { exchange: Exchange }> => {
  const memoryBeforeMb = memoryOf(lab)
  let memoryPeakMb = memoryBeforeMb
  let waitedMs = 0
  let isOver = false
  const stop = lab.gauge.start()
  const sending = lab.http.request({ timeoutMs: LIMIT_MS, ...request, signal }).finally(() => {
    isOver = true
  })
  const waiting = async () => {
    while (!isOver && !signal.aborted) {
      await lab.sleep(EVERY_MS)
      if (isOver) return
      const { durationMs } = await lab.http.request({ ...bystander, timeoutMs: LIMIT_MS, signal })
      waitedMs = Math.max(waitedMs, durationMs)
    }
  }
  const weighing = async () => {
    while (!isOver && !signal.aborted) {
      const now = memoryOf(lab)
      if (now !== null) memoryPeakMb = Math.max(memoryPeakMb ?? 0, now)
      await lab.sleep(EVERY_MS)
    }
  }
  const [exchange] = await Promise.all([sending, waiting(), weighing()])
  const reading = stop()
  const after = reading.appMemoryMb
  return {
    exchange,
    tookMs: exchange.durationMs,
    cpuMs: reading.appCores === null ? null : reading.appCores * reading.durationMs,
    waitedMs,
    memoryBeforeMb,
    memoryPeakMb: after === null ? memoryPeakMb : Math.max(memoryPeakMb ?? 0, after),
    exited: await isGone(lab, exchange),
  }
}
