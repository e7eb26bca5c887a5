import { createHistogram } from '../../base/stats/histogram.ts'
import type { Exchange } from './exchange.ts'
import type { OperationResult } from './load.ts'

/** What became of one operation's requests. */
export const createRow = (name: string, slowMs: number) => {
  const latency = createHistogram()
  const service = createHistogram()
  const statuses: Record<string, number> = {}
  const errors: Record<string, number> = {}
  const row = { name, meant: 0, answered: 0, slow: 0, bytes: 0 }
  return {
    begin: () => {
      row.meant += 1
    },
    /** whether it was slow; what left a little early counts from when it did leave */
    answer: ({ meantMs, sentMs }: Exchange, status: number, bytes: number, endMs: number): boolean => {
      const tookMs = endMs - Math.min(meantMs, sentMs)
      row.answered += 1
      row.bytes += bytes
      statuses[status] = (statuses[status] ?? 0) + 1
      latency.record(tookMs * 1000)
      service.record((endMs - sentMs) * 1000)
      if (tookMs < slowMs) return false
      row.slow += 1
      return true
    },
    lose: (error: string) => {
      row.slow += 1
      errors[error] = (errors[error] ?? 0) + 1
    },
    result: (): OperationResult => ({
      ...row,
      statuses,
      errors,
      latency: latency.data(),
      service: service.data(),
    }),
  }
}
