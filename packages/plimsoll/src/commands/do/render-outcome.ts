import type { Outcome } from '../../agent/loop/events.ts'
import { wrap } from '../../base/text/wrap.ts'
import { obligationLine, spentText } from '../session-lines.ts'

const LABEL = 10

const WORDS: Readonly<Record<Outcome['kind'], string>> = {
  proven: 'PROVEN',
  refuted: 'REFUTED',
  unproven: 'UNPROVEN',
  answered: 'ANSWERED',
  stuck: 'STUCK',
  budget: 'BUDGET SPENT',
  interrupted: 'INTERRUPTED',
  failed: 'FAILED',
}

const ORDER = ['refuted', 'not-run', 'inconclusive', 'proven'] as const
const MOST_FILES = 12

const row = (label: string, text: string, width: number): string[] =>
  wrap(text, { width, indent: `  ${label.padEnd(LABEL - 2)} `, hanging: ' '.repeat(LABEL + 1) })

const filesOf = (changed: readonly string[]): string => {
  const rest = changed.length - MOST_FILES
  return `${changed.slice(0, MOST_FILES).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`
}

const tableOf = ({ obligations, weakened }: Outcome, width: number): string[] => {
  const sorted = ORDER.flatMap((state) => obligations.filter((one) => one.state === state))
  const lines = sorted.flatMap((one) => wrap(obligationLine(one), { width, hanging: ' '.repeat(25) }))
  const eased = weakened.flatMap(({ file, how, place }) =>
    row('weakened', `${file}${place?.line === undefined ? '' : `:${place.line}`}: ${how}`, width),
  )
  return [...lines, ...eased, ...(lines.length + eased.length === 0 ? [] : [''])]
}

/**
 * What a session came to, as the engine saw it.
 * @param isSaid whether the model's last words belong to it: they are not on the screen already
 */
export const renderOutcome = (
  outcome: Outcome,
  { width, isSaid }: { width: number; isSaid: boolean },
): string => {
  const { kind, reason, exitCode, changed, spent, session, said } = outcome
  const runs = [...new Set(outcome.obligations.flatMap(({ run }) => (run === null ? [] : [run])))]
  const lines = [
    '',
    ...(isSaid && said !== '' ? [...wrap(said, { width, indent: '  ' }), ''] : []),
    ...tableOf(outcome, width),
    ...wrap(`${WORDS[kind]} · ${reason} · exit ${exitCode}`, { width, indent: '  ', hanging: '    ' }),
    ...(changed.length === 0 ? [] : row('changed', filesOf(changed), width)),
    ...row('spent', spentText(spent), width),
    ...(runs.length === 0 ? [] : row('report', `plimsoll report ${runs.at(-1)}`, width)),
    ...(changed.length === 0 ? [] : row('undo', `plimsoll undo ${session}`, width)),
    ...row('resume', `plimsoll do --resume ${session} "…"`, width),
  ]
  return `${lines.join('\n')}\n`
}
