import type { Outcome } from '../../agent/loop/events.ts'
import { tellUnreached } from '../../agent/obligations/feedback.ts'
import type { Obligation } from '../../agent/obligations/obligation.ts'
import { mapTexts } from '../../base/json/map-texts.ts'
import { showControls } from '../../base/text/show-controls.ts'
import { wrap } from '../../base/text/wrap.ts'
import { obligationParts, spentText } from '../session-lines.ts'

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

const OPEN = ['refuted', 'not-run', 'inconclusive'] as const
const MOST_FILES = 12

const row = (label: string, text: string, width: number): string[] =>
  wrap(text, { width, indent: `  ${label.padEnd(LABEL - 2)} `, hanging: ' '.repeat(LABEL + 1) })

const filesOf = (changed: readonly string[]): string => {
  const rest = changed.length - MOST_FILES
  return `${changed.slice(0, MOST_FILES).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`
}

/** A line for each that is open; what holds is told together. */
const tableOf = ({ obligations, weakened }: Outcome, width: number): string[] => {
  const open = OPEN.flatMap((state) => obligations.filter((one) => one.state === state))
  const proven = obligations.filter(({ state }) => state === 'proven').map(({ probe }) => probe)
  const lines = [
    ...open.flatMap((one) => obligationRow(one, width)),
    ...tellUnreached(obligations).flatMap((text) => row('unreached', text, width)),
    ...(proven.length === 0
      ? []
      : wrap(proven.join(', '), { width, indent: '  ✓ proven  ', hanging: ' '.repeat(12) })),
    ...weakened.flatMap(({ file, how, place }) =>
      row('weakened', `${file}${place?.line === undefined ? '' : `:${place.line}`}: ${how}`, width),
    ),
  ]
  return lines.length === 0 ? [] : [...lines, '']
}

const obligationRow = (obligation: Obligation, width: number): string[] => {
  const { head, said } = obligationParts(obligation)
  return wrap(said, { width, indent: head, hanging: ' '.repeat(head.length) })
}

/**
 * What a session came to, as the engine saw it.
 * @param isSaid whether the model's last words belong to it: they are not on the screen already
 */
export const renderOutcome = (
  given: Outcome,
  { width, isSaid }: { width: number; isSaid: boolean },
): string => {
  const outcome = mapTexts(given, showControls)
  const { kind, reason, exitCode, changed, spent, session, said } = outcome
  const runs = [...new Set(outcome.obligations.flatMap(({ run }) => (run === null ? [] : [run])))]
  const lines = [
    '',
    ...(isSaid && said !== '' ? [...wrap(said, { width, indent: '  ' }), ''] : []),
    ...tableOf(outcome, width),
    ...wrap(`${WORDS[kind]} (exit ${exitCode}): ${reason}`, { width, indent: '  ', hanging: '    ' }),
    ...(changed.length === 0 ? [] : row('changed', filesOf(changed), width)),
    ...row('spent', spentText(spent), width),
    ...(runs.length === 0 ? [] : row('report', `plimsoll report ${runs.at(-1)}`, width)),
    ...(changed.length === 0 ? [] : row('undo', `plimsoll undo ${session}`, width)),
    ...row('resume', `plimsoll do --resume ${session} "…"`, width),
  ]
  return `${lines.join('\n')}\n`
}
