import type { StatementRecord } from '../../model/evidence.ts'

const KEEP = 200_000
const SLACK = 20_000

/** The last 200,000 statements, with marks that stay true when older ones are forgotten. */
export type StatementLog = {
  add(record: StatementRecord): void
  all(): readonly StatementRecord[]
  mark(): number
  since(mark: number): StatementRecord[]
}

export const createStatementLog = (keep = KEEP, slack = SLACK): StatementLog => {
  const records: StatementRecord[] = []
  let forgotten = 0
  return {
    add: (record) => {
      records.push(record)
      if (records.length < keep + slack) return
      records.splice(0, slack)
      forgotten += slack
    },
    all: () => records,
    mark: () => forgotten + records.length,
    since: (mark) => records.slice(Math.max(0, mark - forgotten)),
  }
}
