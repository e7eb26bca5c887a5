import type { Run, Tally } from '../../../../plimsoll/src/model/run.ts'
import { categoryTitle } from '../category-title.ts'
import { type Look, StatusMark } from '../controls/status-mark.tsx'

const COLUMNS: readonly { key: 'refuted' | 'proven' | 'inconclusive' | 'errored'; look: Look }[] = [
  { key: 'refuted', look: 'refuted' },
  { key: 'proven', look: 'proven' },
  { key: 'inconclusive', look: 'inconclusive' },
  { key: 'errored', look: 'errored' },
]

const MARKED = [...COLUMNS, { key: 'suspicions', look: 'suspicion' }] as const

/** More marks than this say no more than the number does. */
const MOST_MARKS = 36

const Marks = ({ tally }: { tally: Tally }) => {
  const total = MARKED.reduce((sum, { key }) => sum + tally[key], 0)
  const share = Math.min(1, MOST_MARKS / Math.max(1, total))
  return (
    <span class="marks" aria-hidden="true">
      {MARKED.flatMap(({ key, look }) =>
        Array.from({ length: Math.ceil(tally[key] * share) }, (_, index) => (
          <StatusMark key={`${key}${index}`} look={look} silent />
        )),
      )}
    </span>
  )
}

const Cell = ({ count, look }: { count: number; look: Look }) => (
  <td class={`number ${count > 0 ? `ink-${look}` : 'dim'}`}>{count > 0 ? count : '–'}</td>
)

/** Every category in priority order; each verdict one mark. */
export const TallyBoard = ({ run, linked }: { run: Run; linked: ReadonlySet<string> }) =>
  run.tallies.length === 0 ? null : (
    <table class="tallies">
      <caption class="unseen">Verdicts by category, the most important first</caption>
      <thead>
        <tr>
          <th class="unseen-text">category</th>
          <td />
          {COLUMNS.map(({ key }) => (
            <th key={key} class="number">
              {key}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {run.tallies.map((tally) => (
          <tr key={tally.category}>
            <th scope="row">
              {linked.has(`category-${tally.category}`) ? (
                <a href={`#category-${tally.category}`}>{categoryTitle(tally.category)}</a>
              ) : (
                categoryTitle(tally.category)
              )}
            </th>
            <td class="marks-cell">
              <Marks tally={tally} />
            </td>
            {COLUMNS.map(({ key, look }) => (
              <Cell key={key} count={tally[key]} look={look} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
