import type { StatementRecord } from '../../model/evidence.ts'
import type { Point, Turn } from '../../model/schedule.ts'
import type { StatementFacts } from '../../model/statement-facts.ts'

export type Facts = (sql: string) => StatementFacts

const counts = ({ before, shape }: Point, { sql, shape: own }: StatementRecord, facts: Facts): boolean => {
  if (shape !== undefined && shape !== own) return false
  return before === 'statement' || before === facts(sql).kind
}

/** Whether the piece holds the statement that the turn ends before, once those `passed` are counted. */
export const reaches = (
  until: Turn['until'],
  {
    passed,
    unit,
    facts,
  }: { passed: readonly StatementRecord[]; unit: readonly StatementRecord[]; facts: Facts },
): boolean => {
  if (until === 'end') return false
  const counted = (records: readonly StatementRecord[]) =>
    records.filter((record) => counts(until, record, facts)).length
  const before = counted(passed)
  return before < until.nth && before + counted(unit) >= until.nth
}

/** `write 1`, as reasons name a point. */
export const nameTurnEnd = (until: Turn['until']): string =>
  until === 'end' ? 'its answer' : `its ${until.before} ${until.nth}`
