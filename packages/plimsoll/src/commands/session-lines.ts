import type { Spent } from '../agent/loop/events.ts'
import type { Obligation, Weakened } from '../agent/obligations/obligation.ts'
import { formatCount } from '../base/text/numbers.ts'

const SIGNS: Readonly<Record<Obligation['state'], string>> = {
  proven: '✓',
  refuted: '✖',
  inconclusive: '?',
  'not-run': '·',
  'not-applicable': '–',
}

const tokens = (count: number) =>
  count < 10_000 ? `${count}` : `${(count / 1000).toFixed(count < 100_000 ? 1 : 0)}k`

/** `3 turns · 12.4k tokens · $0.08` */
export const spentText = ({ turns, input, output, dollars }: Spent): string =>
  [
    formatCount(turns, 'turn'),
    `${tokens(input + output)} tokens`,
    ...(dollars === null ? [] : [`$${dollars.toFixed(2)}`]),
  ].join(' · ')

/** `2 proven · 1 refuted · 1 not run`, and what was made easier to pass. */
export const obligationCounts = (
  obligations: readonly Obligation[],
  weakened: readonly Weakened[],
): string => {
  const states = ['proven', 'refuted', 'inconclusive', 'not-run'] as const
  const counts = states.flatMap((state) => {
    const count = obligations.filter((one) => one.state === state).length
    return count === 0 ? [] : [`${count} ${state.replace('-', ' ')}`]
  })
  const eased = weakened.length === 0 ? [] : [`${formatCount(weakened.length, 'gate')} weakened`]
  return [...counts, ...eased].join(' · ')
}

/** `  ✖ race                `, and what there is to say of it */
export const obligationParts = ({
  probe,
  state,
  subjects,
  detail,
}: Obligation): { head: string; said: string } => {
  const about = subjects.length > 2 ? `${subjects.length} routes` : subjects.join(', ')
  const said = [about, detail].filter((text) => text !== '').join(': ')
  return {
    head: `  ${SIGNS[state]} ${probe.padEnd(20)} `,
    said: said === '' ? state.replace('-', ' ') : said,
  }
}

/** `  ✖ race                 POST /refunds: two refunds of one order` */
export const obligationLine = (obligation: Obligation): string => {
  const { head, said } = obligationParts(obligation)
  return `${head}${said}`.trimEnd()
}
