import { createHistogram, type HistogramData, histogramOf } from '../../base/stats/histogram.ts'
import type { LoadPlan, LoadResult, LoadTick, OperationResult } from './load.ts'
import type { LoadPart } from './messages.ts'

/** A generator that was later than this at the 99th percentile measured itself. */
const LATEST_P99_US = 1_000

const mergeHistograms = (all: readonly HistogramData[]): HistogramData => {
  const sum = createHistogram()
  for (const each of all) sum.merge(each)
  return sum.data()
}

const addCounts = (all: readonly Record<string, number>[]): Record<string, number> => {
  const sum: Record<string, number> = {}
  for (const counts of all)
    for (const [key, count] of Object.entries(counts)) sum[key] = (sum[key] ?? 0) + count
  return sum
}

const total = <T>(items: readonly T[], of: (item: T) => number) =>
  items.reduce((sum, item) => sum + of(item), 0)

export const mergeTicks = (atMs: number, ticks: readonly LoadTick[]): LoadTick => ({
  atMs,
  meant: total(ticks, ({ meant }) => meant),
  good: total(ticks, ({ good }) => good),
  slow: total(ticks, ({ slow }) => slow),
  failed: total(ticks, ({ failed }) => failed),
  open: total(ticks, ({ open }) => open),
})

const mergeOperation = (name: string, all: readonly OperationResult[]): OperationResult => ({
  name,
  meant: total(all, ({ meant }) => meant),
  answered: total(all, ({ answered }) => answered),
  statuses: addCounts(all.map(({ statuses }) => statuses)),
  errors: addCounts(all.map(({ errors }) => errors)),
  slow: total(all, ({ slow }) => slow),
  latency: mergeHistograms(all.map(({ latency }) => latency)),
  service: mergeHistograms(all.map(({ service }) => service)),
  bytes: total(all, ({ bytes }) => bytes),
})

const sumOrNull = (values: readonly (number | null)[]): number | null =>
  values.reduce<number | null>(
    (sum, value) => (sum === null || value === null ? null : sum + value),
    values.length === 0 ? null : 0,
  )

const ms = (us: number) => `${(us / 1000).toFixed(2)} ms`

const sayLate = (lateness: HistogramData): string | null => {
  const late = histogramOf(lateness)
  const p99 = late.quantile(0.99)
  if (p99 <= LATEST_P99_US) return null
  return `the generator was late: of ${late.count} requests, half left within ${ms(late.quantile(0.5))} of when they were meant to, 99 % within ${ms(p99)}; more than ${ms(LATEST_P99_US)} is too late`
}

/** Errors of our own side of a connection. */
const OURS: Readonly<Record<string, string>> = {
  EADDRNOTAVAIL: 'ports',
  EMFILE: 'file descriptors',
  ENFILE: 'file descriptors',
  ENOBUFS: 'memory for connections',
}

const sayExhausted = (errors: Record<string, number>): string | null => {
  for (const [code, what] of Object.entries(OURS))
    if (errors[code] !== undefined)
      return `the generator ran out of ${what}: ${code}, ${errors[code]} ${errors[code] === 1 ? 'time' : 'times'}`
  return null
}

type Times = { startedAtMs: number; startMs: number }

/** One result of all threads' shares; `stopped` says why there are fewer shares than threads. */
export const mergeParts = (
  plan: LoadPlan,
  parts: readonly LoadPart[],
  { startedAtMs, startMs }: Times,
  stopped: string | null,
): LoadResult => {
  const lateness = mergeHistograms(parts.map((part) => part.lateness))
  const tickCount = Math.max(0, ...parts.map(({ ticks }) => ticks.length))
  const refused = parts.find((part) => part.refused !== null)?.refused ?? null
  const errors = addCounts(parts.flatMap(({ operations }) => operations.map((each) => each.errors)))
  const unsound = stopped ?? refused ?? sayExhausted(errors)
  const late = sayLate(lateness)
  return {
    startedAtMs,
    durationMs: Math.max(0, ...parts.map(({ endedAtMs }) => endedAtMs - startMs)),
    sendingMs: Math.max(0, ...parts.map(({ sendingMs }) => sendingMs)),
    operations: plan.operations.map(({ name }, index) =>
      mergeOperation(
        name,
        parts.flatMap(({ operations }) => operations[index] ?? []),
      ),
    ),
    lateness,
    ticks: Array.from({ length: tickCount }, (_, index) => {
      const same = parts.flatMap(({ ticks }) => ticks[index] ?? [])
      return mergeTicks(same[0]?.atMs ?? 0, same)
    }),
    cpuMs: sumOrNull(parts.map(({ cpuMs }) => cpuMs)),
    connectionsOpened: total(parts, ({ connectionsOpened }) => connectionsOpened),
    refused: unsound ?? late,
    onlyLate: unsound === null && late !== null,
  }
}
