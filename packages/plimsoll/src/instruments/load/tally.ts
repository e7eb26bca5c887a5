import { createHistogram } from '../../base/stats/histogram.ts'
import type { Exchange } from './exchange.ts'
import type { LoadPlan, LoadTick } from './load.ts'
import { createRow } from './operation-row.ts'
import { createTicks } from './ticks.ts'
import { createWaiting } from './waiting.ts'

/** What we gave up ourselves is no failure of the target. */
export const GIVEN_UP = 'given up'

export type Tally = ReturnType<typeof createTally>

type Watch = { startMs: number; onTick(tick: LoadTick): void }

/** Counts what becomes of every request of a run; each ends exactly once. */
export const createTally = (plan: LoadPlan, { startMs, onTick }: Watch) => {
  const rows = plan.operations.map(({ name }) => createRow(name, plan.slowMs))
  const ticks = createTicks(plan.durationMs, onTick)
  const lateness = createHistogram()
  const byAge = createWaiting()
  let open = 0
  let endedAtMs = startMs

  const close = (exchange: Exchange, nowMs: number) => {
    exchange.isSettled = true
    open -= 1
    endedAtMs = nowMs
  }

  return {
    open: () => open,
    isTickOver: (nowMs: number) => ticks.isOver(nowMs - startMs),
    /** tells of the tenths of a second that are over */
    roll: (nowMs: number) => ticks.roll(nowMs - startMs),
    /** `lateMs`: null where nothing was meant beforehand */
    begin: (exchange: Exchange, lateMs: number | null) => {
      rows[exchange.operation]?.begin()
      ticks.begin(exchange.meantMs - startMs)
      byAge.add(exchange)
      open += 1
      if (lateMs !== null) lateness.record(lateMs * 1000)
    },
    answer: (exchange: Exchange, status: number, bytes: number, nowMs: number) => {
      close(exchange, nowMs)
      const isSlow = rows[exchange.operation]?.answer(exchange, status, bytes, nowMs) ?? false
      ticks.end(exchange.meantMs - startMs, { isGood: status < 400, isSlow, hasFailed: status >= 500 })
    },
    lose: (exchange: Exchange, error: string, nowMs: number) => {
      close(exchange, nowMs)
      rows[exchange.operation]?.lose(error)
      ticks.end(exchange.meantMs - startMs, { isGood: false, isSlow: true, hasFailed: error !== GIVEN_UP })
    },
    /** those whose time is up, oldest first */
    *overdue(nowMs: number) {
      for (let first = byAge.first(); first !== null; first = byAge.first()) {
        if (nowMs - first.meantMs < plan.timeoutMs) return
        yield first
      }
    },
    unanswered: () => byAge.all(),
    result: () => ({
      operations: rows.map((row) => row.result()),
      lateness: lateness.data(),
      ticks: ticks.finish(),
      endedAtMs,
    }),
  }
}
