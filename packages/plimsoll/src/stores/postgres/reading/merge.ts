import type { StatementFacts } from '../../../model/statement-facts.ts'
import { EMPTY } from './statement.ts'

/** Which kind a text of several statements is of: the first of these that one of them is. */
const FIRST: readonly StatementFacts['kind'][] = [
  'write',
  'schema',
  'read',
  'commit',
  'rollback',
  'begin',
  'savepoint',
  'setting',
]

/** Several statements that were sent as one text. */
export const merge = (all: readonly StatementFacts[]): StatementFacts => {
  const [only] = all
  if (only && all.length === 1) return only
  const kinds = all.map(({ kind }) => kind)
  return {
    kind: FIRST.find((kind) => kinds.includes(kind)) ?? EMPTY.kind,
    reads: all.flatMap(({ reads }) => reads),
    writes: all.flatMap(({ writes }) => writes),
    lock: all.find(({ lock }) => lock !== null)?.lock ?? null,
    isolation: all.find(({ isolation }) => isolation !== null)?.isolation ?? null,
  }
}
