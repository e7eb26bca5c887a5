import type { ProfiledStatement } from '../../lab/operations/profile.ts'

/** A statement of the operation: the nth of its shape. */
export type FaultPoint = {
  /** `write 2 of 3`, `commit` */
  place: string
  sql: string
  shape: string
  /** from 1, among the statements of that shape */
  nth: number
}

/** Of many writes the first and the last ones: what lies between fails alike. */
const MOST_WRITES = 6

const nthOfShape = (statements: readonly ProfiledStatement[], index: number): number =>
  statements.slice(0, index + 1).filter(({ shape }) => shape === statements[index]?.shape).length

export const writesOf = (statements: readonly ProfiledStatement[]): ProfiledStatement[] =>
  statements.filter(({ facts }) => facts.kind === 'write')

/** Where an operation may fail: at each of its writes, and at its commits. */
export const faultPoints = (statements: readonly ProfiledStatement[]): FaultPoint[] => {
  const at = (kind: string) =>
    statements.flatMap((statement, index) =>
      statement.facts.kind === kind
        ? [{ sql: statement.sql, shape: statement.shape, nth: nthOfShape(statements, index) }]
        : [],
    )
  const writes = at('write').map((point, index, all) => ({
    ...point,
    place: `write ${index + 1} of ${all.length}`,
  }))
  const chosen =
    writes.length <= MOST_WRITES
      ? writes
      : [...writes.slice(0, MOST_WRITES / 2), ...writes.slice(-MOST_WRITES / 2)]
  const commits = at('commit').map((point, index, all) => ({
    ...point,
    place: all.length === 1 ? 'the commit' : `commit ${index + 1} of ${all.length}`,
  }))
  return [...chosen, ...commits]
}
