import type { Evidence } from '../../model/evidence.ts'
import { kinOf } from './manners.ts'
import type { Cell, Seen, Trial } from './seen.ts'
import type { Weighed } from './weigh.ts'

type Matrix = Extract<Evidence, { kind: 'matrix' }>['matrix']
type Shown = NonNullable<Matrix['rows'][number]['cells'][number]>

const outcomeOf = ({ trial, say, principal }: Weighed, cell: Cell): Shown['outcome'] => {
  const got = cell.shows.length > 0 || cell.harm.length > 0
  if (cell.principal === 'A') return cell.status !== null && cell.status < 300 ? 'allowed' : 'unclear'
  if (cell.limited || cell.status === null || cell.status >= 500) return 'unclear'
  if (!got) return cell.status < 300 && trial.kin !== null && say === 'unclear' ? 'unclear' : 'refused'
  if (cell.principal !== 'B' && cell.principal !== 'anonymous') return 'allowed'
  if (say === 'defect') return cell.principal === principal || cell.principal === 'B' ? 'leak' : 'open'
  return 'open'
}

const rowOf = (weighed: Weighed, principals: readonly string[]): Matrix['rows'][number] => {
  const { trial } = weighed
  const cells = new Map([trial.own, ...trial.others].map((cell) => [cell.principal, cell]))
  return {
    operation: trial.operation,
    object: trial.object,
    cells: principals.map((name) => {
      const cell = cells.get(name)
      return cell === undefined ? null : { status: cell.status, outcome: outcomeOf(weighed, cell) }
    }),
  }
}

const missingRow = ({ operation, missing }: Trial, principals: readonly string[]): Matrix['rows'] =>
  missing === null
    ? []
    : [
        {
          operation,
          object: 'non-existent',
          cells: principals.map((name) =>
            name === 'B' ? { status: missing.status, outcome: 'refused' } : null,
          ),
        },
      ]

const isAbout = ({ kin, own }: Trial, wanted: string) =>
  kin === wanted || own.shows.some((field) => kinOf(field) === wanted)

/** Everybody on everything of one kind, and of the operation in question what an object that is not there gives. */
export const matrixOf = (
  weighed: readonly Weighed[],
  one: Trial,
  { principals }: Pick<Seen, 'principals'>,
): Evidence => {
  const columns = principals.map(({ name }) => name)
  const kin = one.kin ?? kinOf(one.own.shows[0] ?? '')
  const rows = weighed
    .filter(({ trial }) => isAbout(trial, kin))
    .flatMap((each) => [
      rowOf(each, columns),
      ...(each.trial.operation === one.operation && each.trial.object === one.object
        ? missingRow(each.trial, columns)
        : []),
    ])
  return { kind: 'matrix', title: `Who may do what to each ${kin}`, matrix: { principals: columns, rows } }
}
