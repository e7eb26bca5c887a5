import { touchesData } from '../../base/sql/verb.ts'
import { medianOf } from '../../base/stats/quantile.ts'
import type { StatementRecord } from '../../model/evidence.ts'
import type { OperationCost } from './window.ts'

export type StatementCost = Pick<OperationCost, 'statements' | 'repeated' | 'slowest'>

const byShape = (records: readonly StatementRecord[]): [string, StatementRecord[]][] => {
  const shapes = new Map<string, StatementRecord[]>()
  for (const record of records) {
    const same = shapes.get(record.shape)
    if (same === undefined) shapes.set(record.shape, [record])
    else same.push(record)
  }
  return [...shapes]
}

const largest = <T>(items: readonly T[], sizeOf: (item: T) => number): T | undefined =>
  items.reduce<T | undefined>(
    (best, item) => (best === undefined || sizeOf(item) > sizeOf(best) ? item : best),
    undefined,
  )

/** What the statements of `requests` equal requests say of one of them; pure. */
export const statementCost = (records: readonly StatementRecord[], requests: number): StatementCost => {
  if (requests === 0) return { statements: null, repeated: null, slowest: null }
  const shapes = byShape(records.filter(({ sql }) => touchesData(sql)))
  const most = largest(shapes, ([, same]) => same.length)
  const times = Math.round((most?.[1].length ?? 0) / requests)
  const timed = shapes.map(([shape, same]) => ({
    shape,
    ms: medianOf(same.flatMap(({ durationMs }) => durationMs ?? [])),
  }))
  const slowest = largest(
    timed.filter(({ ms }) => !Number.isNaN(ms)),
    ({ ms }) => ms,
  )
  return {
    statements: Math.round(shapes.reduce((sum, [, same]) => sum + same.length, 0) / requests),
    repeated: most !== undefined && times >= 2 ? { times, shape: most[0] } : null,
    slowest: slowest ?? null,
  }
}
