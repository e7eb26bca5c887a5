import { formatCount } from '../../base/text/numbers.ts'
import type { Standard } from '../../model/standard.ts'
import { inconclusive, type Judgement, proven, refuted } from '../../model/verdict.ts'
import type { Seen } from './index.ts'

type Route = Seen['routes'][number]
type Asked = Route['asked'][number]
type Group = Asked['repeated'][number]

/** Fewer rows than this and the same number may be chance. */
const LEAST_ROWS = 3
const SHORT = `lists of which the seeded data shows fewer than ${LEAST_ROWS} rows`
/** One row in the list, one statement more, each with a key of its own: there is no other reading. */
const CERTAIN_ROWS = 8

/** A statement that ran once for each row of the list, with parameters of its own each time. */
const perRow = ({ rows, repeated }: Asked): Group[] =>
  rows < 2 ? [] : repeated.filter(({ times, distinct }) => times % rows === 0 && distinct > 1)

const everyTime = ({ asked }: Route): Group | null => {
  const [first, ...rest] = asked
  if (first === undefined) return null
  return (
    perRow(first).find(({ shape }) =>
      rest.every((again) => perRow(again).some((group) => group.shape === shape)),
    ) ?? null
  )
}

const judgeRoute = (route: Route): Judgement => {
  const [first] = route.asked
  const rows = first?.rows ?? 0
  const statements = first?.statements ?? 0
  const open = 'Whether a list costs a fixed number of statements could not be told'
  if (statements === 0) {
    const detail = 'the same request, which had caused statements before, caused none'
    return inconclusive({ subject: route.route, title: open, detail })
  }
  const group = everyTime(route)
  if (group === null) {
    return proven({
      subject: route.route,
      title: 'A read costs a fixed number of statements',
      detail: `${formatCount(statements, 'statement')} for ${formatCount(rows, 'row')}`,
      notCovered: rows < LEAST_ROWS ? [SHORT] : [],
    })
  }
  if (rows < LEAST_ROWS) {
    const detail = `${group.times} times the same statement for ${formatCount(rows, 'row')}: too few to tell`
    return inconclusive({ subject: route.route, title: open, detail, notCovered: [SHORT] })
  }
  const certain = rows >= CERTAIN_ROWS
  return refuted({
    subject: route.route,
    title: 'A list runs one more statement for every row',
    detail: `${statements} statements for ${rows} rows: one ran ${group.times} times, each with its own parameters`,
    severity: 'medium',
    tier: certain ? 'defect' : 'suspicion',
    repairs: [
      'Fetch them together: a join, or one statement with WHERE key = ANY($1); in an ORM, eager loading or a DataLoader.',
    ],
    evidence: [
      { kind: 'text', title: 'The list', text: first?.parent ?? '' },
      { kind: 'statements', title: `Ran ${group.times} times`, statements: [group.example] },
    ],
    figures: [
      {
        name: 'statements',
        value: statements,
        unit: 'count',
        n: route.asked.length,
        method: 'counted on the wire, the same each time',
      },
    ],
  })
}

export const judge = (seen: Seen, _standard: Standard): Judgement[] =>
  seen.routes.filter(({ asked }) => asked.length > 0).map(judgeRoute)
