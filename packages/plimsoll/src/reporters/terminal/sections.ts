import { formatDuration } from '../../base/text/numbers.ts'
import { wrap } from '../../base/text/wrap.ts'
import { conclude } from '../../model/reading/conclusion.ts'
import type { Reading } from '../../model/reading/findings.ts'
import { tellOutbound } from '../../model/reading/outbound.ts'
import { describeReach } from '../../model/reading/reach.ts'
import type { Run, Tally } from '../../model/run.ts'
import type { Verdict } from '../../model/verdict.ts'
import { type Paint, edges as spread } from './paint.ts'
import { LOOKS, verdictLines } from './verdict-lines.ts'

export type Page = { run: Run; reading: Reading; width: number; paint: Paint; runDir: string }

export const headLines = ({ run, width, paint }: Page): string[] => {
  const commit = run.system.commit?.slice(0, 7)
  const facts = [
    ...(commit === undefined ? [] : [run.system.dirty ? `${commit} + changes` : commit]),
    `${run.machine.cores} cores`,
    formatDuration(run.durationMs),
  ]
  const left = `${paint('bold', '⦵')} plimsoll prove ${run.target}`.trimEnd()
  return spread(left, paint('dim', facts.join(' · ')), width)
}

const tallyText = (tally: Tally, paint: Paint) =>
  (
    [
      [tally.refuted, 'refuted', 'red'],
      [tally.proven, 'proven', 'green'],
      [tally.inconclusive, 'inconclusive', 'yellow'],
      [tally.errored, 'errored', 'magenta'],
    ] as const
  )
    .filter(([count]) => count > 0)
    .map(([count, word, style]) => paint(style, `${count} ${word}`))
    .join(' · ')

const titled = (title: string, text: string, { width, paint }: { width: number; paint: Paint }) =>
  wrap(text, { width, indent: `  ${paint('bold', title.padEnd(13))} `, hanging: ' '.repeat(16) })

export const categoryLines = ({ run, reading, width, paint }: Page): string[] =>
  run.tallies.flatMap((tally) => {
    const text = tallyText(tally, paint)
    if (text === '') return []
    const group = reading.defects.find((it) => it.category === tally.category)
    const lines =
      group?.verdicts.flatMap((it) => verdictLines(it, { look: LOOKS.defect, paint, width })) ?? []
    return [...titled(tally.category.toUpperCase(), text, { width, paint }), ...lines]
  })

const SECTIONS = [
  ['inconclusive', 'INCONCLUSIVE', 'neither proven nor refuted'],
  ['errored', 'ERRORED', 'these could not be carried out'],
  ['suspicion', 'SUSPICIONS', 'not proved; they never fail the gate'],
  ['advice', 'ADVICE', 'never fails the gate'],
] as const

const LISTS: Record<(typeof SECTIONS)[number][0], (reading: Reading) => readonly Verdict[]> = {
  inconclusive: (reading) => reading.inconclusive,
  errored: (reading) => reading.errored,
  suspicion: (reading) => reading.suspicions,
  advice: (reading) => reading.advice,
}

/** Everything that is neither a defect nor proven, each under what it means. */
export const otherLines = ({ run, reading, width, paint }: Page): string[] =>
  SECTIONS.flatMap(([look, title, meaning]) => {
    const verdicts = LISTS[look](reading)
    // What waits for a running app all says the same: the problem above has said it.
    if (look === 'inconclusive' && run.end === 'not-ready') return []
    if (verdicts.length === 0) return []
    return [
      '',
      ...titled(title, paint('dim', meaning), { width, paint }),
      ...verdicts.flatMap((it) => verdictLines(it, { look: LOOKS[look], paint, width })),
    ]
  })

/** Why nothing could be proved: the step that failed, what it said, and the way out. */
export const problemLines = ({ run, width, paint }: Page): string[] => {
  if (run.problem === undefined) return []
  const indent = '    '
  return [
    ...run.lab.steps.flatMap((it) =>
      wrap(`${it.command} · ${it.outcome}`, {
        width,
        indent: `  ${it.step.padEnd(9)} `,
        hanging: ' '.repeat(12),
      }),
    ),
    ...(run.lab.steps.length > 0 ? [''] : []),
    ...wrap(run.problem.message, { width, indent: `  ${paint('red', '✖')} `, hanging: indent }),
    '',
    ...wrap(run.problem.hint, { width, indent: `  ${paint('green', '→')} `, hanging: indent }),
    `    ${paint('dim', run.problem.code)}`,
  ]
}

/** How much of the backend the verdicts speak for. */
export const reachLines = ({ run, width, paint }: Page): string[] => {
  const text = describeReach(run)
  return text === null ? [] : titled('REACH', paint('dim', text), { width, paint })
}

const MOST_OUTBOUND = 3

/** What the lab kept from the world outside, and what it let pass. */
export const outboundLines = ({ run, width, paint }: Page): string[] => {
  const told = tellOutbound(run)
  const shown = told.length > MOST_OUTBOUND + 1 ? told.slice(0, MOST_OUTBOUND) : told
  const more = told.length - shown.length
  const lines = [...shown, ...(more > 0 ? [`${more} more are in the report`] : [])]
  return lines.flatMap((line, at) => titled(at === 0 ? 'OUTBOUND' : '', paint('dim', line), { width, paint }))
}

/** The first few; the report has them all. */
const briefly = (items: readonly string[]) =>
  items.length <= 4 ? items.join(', ') : `${items.slice(0, 3).join(', ')} and ${items.length - 3} more`

export const summaryLines = ({ run, width, paint, runDir }: Page): string[] => {
  const { counts, mood, sentence } = conclude(run)
  const style = mood === 'bad' ? 'red' : mood === 'good' ? 'green' : 'yellow'
  const notCovered = run.notCovered.length > 0 ? [`not covered: ${briefly(run.notCovered)}`] : []
  const exit = `exit ${run.exitCode}`
  const body = wrap([...counts, ...notCovered].join(' · '), { width: width - exit.length - 4, indent: '  ' })
  const [last = ''] = body.slice(-1)
  return [
    ...wrap(`${sentence}.`, { width, indent: '  ' }).map((line) => paint(['bold', style], line)),
    ...body.slice(0, -1),
    ...spread(last, paint(style, exit), width),
    `  ${paint('dim', 'report')}  ${runDir}/report.html`,
  ]
}
