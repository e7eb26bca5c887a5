import type { Changes, Outcome, Reference } from './outcome.ts'

const ROWS = 6

const rowText = (row: Readonly<Record<string, string | null>>) =>
  Object.entries(row)
    .filter(([, value]) => value !== '*' && value !== '(now)')
    .map(([column, value]) => `${column} ${value ?? 'null'}`)
    .join(', ')

const changesText = (changes: Changes): string[] => {
  const lines = Object.entries(changes).flatMap(([table, { added, removed }]) => [
    ...removed.map((row) => `- ${table}: ${rowText(row)}`),
    ...added.map((row) => `+ ${table}: ${rowText(row)}`),
  ])
  if (lines.length === 0) return ['  no change']
  const more = lines.length > ROWS ? [`  … ${lines.length - ROWS} more`] : []
  return [...lines.slice(0, ROWS).map((line) => `  ${line}`), ...more]
}

const statusText = ({ statuses: { A, B } }: Outcome, order: string) => {
  if (order === 'A alone') return `A ${A ?? 'no answer'}`
  if (order === 'B alone') return `B ${B ?? 'no answer'}`
  return `A ${A ?? 'no answer'}, B ${B ?? 'no answer'}`
}

/** What each order comes to, and what came instead: answers, rows added and removed. */
export const describeOutcomes = (got: Outcome, references: readonly Reference[]): string => {
  const orders = references.filter(({ order }) => order === 'A, then B' || order === 'B, then A')
  const [first, second] = orders
  const twins = first && second && JSON.stringify(first.changes) === JSON.stringify(second.changes)
  const shown = twins && first ? [{ ...first, order: 'one after the other' }] : orders
  return [
    ...shown.flatMap((one) => [`${one.order}: ${statusText(one, one.order)}`, ...changesText(one.changes)]),
    `at once: ${statusText(got, '')}`,
    ...changesText(got.changes),
  ].join('\n')
}
