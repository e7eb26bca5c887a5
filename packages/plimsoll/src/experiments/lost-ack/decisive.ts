import { isWrite, verbOf } from '../../base/sql/verb.ts'
import type { Wire } from '../../lab/lab.ts'
import type { StatementRecord } from '../../model/evidence.ts'

const BEGINS = new Set(['begin', 'start'])
const COMMITS = new Set(['commit', 'end'])
const UNDOES = new Set(['rollback', 'abort'])
const PARTLY = /^\s*rollback\s+(?:\w+\s+)?to\b/i

export type Decisive = (statement: StatementRecord) => boolean

/**
 * Says of each statement, in the order in which they come, whether its execution makes a write last: a commit, or a
 * write outside any transaction.
 */
export const watchDecisive = (wire: Pick<Wire, 'connections'>): Decisive => {
  const inside = new Set(
    wire
      .connections()
      .filter(({ transaction, closedAtMs }) => transaction === 'T' && closedAtMs === null)
      .map(({ id }) => id),
  )
  return ({ connection, sql }) => {
    const verb = verbOf(sql)
    if (BEGINS.has(verb)) inside.add(connection)
    if (COMMITS.has(verb)) {
      inside.delete(connection)
      return true
    }
    if (UNDOES.has(verb) && !PARTLY.test(sql)) inside.delete(connection)
    return isWrite(sql) && !inside.has(connection)
  }
}

/** Whether one of the texts went to the store with this statement. */
export const carries = ({ sql, parameters }: StatementRecord, texts: readonly string[]): boolean =>
  texts.some((text) => sql.includes(text) || parameters.some((value) => value?.includes(text)))
