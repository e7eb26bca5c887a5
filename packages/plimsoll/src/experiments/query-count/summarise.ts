import { touchesData } from '../../base/sql/verb.ts'
import type { StatementRecord } from '../../model/evidence.ts'
import type { Seen } from './index.ts'

const groupsOf = (records: readonly StatementRecord[]) => {
  const groups = new Map<string, StatementRecord[]>()
  for (const record of records) groups.set(record.shape, [...(groups.get(record.shape) ?? []), record])
  return [...groups.values()]
}

/** What one request cost: statements of one shape together, and the longest list among those that ran once. */
export const summarise = (records: readonly StatementRecord[]): Seen['routes'][number]['asked'][number] => {
  const data = records.filter(({ sql }) => touchesData(sql))
  const groups = groupsOf(data)
  const [parent] = groups
    .filter((group) => group.length === 1)
    .flat()
    .sort((a, b) => (b.rows ?? 0) - (a.rows ?? 0))
  const repeated = groups
    .filter((group) => group.length > 1)
    .flatMap((group) => {
      const [example] = group
      const distinct = new Set(group.map(({ sql, parameters }) => JSON.stringify([sql, parameters]))).size
      return example === undefined ? [] : [{ shape: example.shape, times: group.length, distinct, example }]
    })
  return { statements: data.length, rows: parent?.rows ?? 0, parent: parent?.shape ?? null, repeated }
}
