import { formatCount, formatDuration } from '../../base/text/numbers.ts'
import type { Evidence } from '../../model/evidence.ts'
import { inconclusive, type Judgement, notApplicable, proven, refuted } from '../../model/verdict.ts'
import type { PatternSeen, Round, Seen } from './seen.ts'
import { inputSubject, SLOW_PATTERNS } from './subjects.ts'

const CWE = 1333

const REPAIRS = [
  'Write the pattern so that every text can be matched in one way only: no repetition inside a repetition, no two neighbours that take the same letters.',
  'Bound the length of the text before the pattern sees it; for a known format use a parser instead.',
  'Or match with an engine that does not backtrack (RE2).',
]

const spent = ({ cpuMs, tookMs }: Round['long']) => cpuMs ?? tookMs

/** Longer by so much costs more by far, and the same length of something else costs little. */
const grows = ({ short, long, harmless }: Round): boolean =>
  spent(long) >= 4 * spent(harmless) &&
  spent(long) / Math.max(spent(short), 1) >= 1.5 * (long.length / short.length)

/** Somebody else waited for a good part of that time. */
const blocks = ({ long, harmless }: Round): boolean =>
  long.exited || (long.waitedMs >= 0.3 * long.tookMs && long.waitedMs >= 3 * harmless.waitedMs)

const shown = ({ pattern, flags }: PatternSeen) => `/${pattern}/${flags}`.slice(0, 160)

const table = (rounds: readonly Round[]): Evidence => ({
  kind: 'text',
  title: 'What each text cost',
  text: rounds
    .flatMap(({ short, long, harmless }) =>
      [
        ['for the pattern', short] as const,
        ['for the pattern', long] as const,
        ['harmless', harmless] as const,
      ].map(
        ([what, cost]) =>
          `${cost.length} characters, ${what}: answered after ${formatDuration(cost.tookMs)}${cost.cpuMs === null ? '' : `, processor time ${formatDuration(cost.cpuMs)}`}, another request waited ${formatDuration(cost.waitedMs)}`,
      ),
    )
    .join('\n'),
})

const source = ({ place, excerpt }: PatternSeen): Evidence[] =>
  place === null || excerpt === '' ? [] : [{ kind: 'source', title: 'The pattern', place, excerpt }]

const judgeReached = (seen: PatternSeen): Judgement[] => {
  const { reached, complexity, place } = seen
  const [first] = reached?.rounds ?? []
  if (reached === null || first === undefined || !reached.rounds.every(grows)) return []
  const { short, long, harmless } = first
  return [
    refuted({
      subject: inputSubject(reached.operation, reached.input),
      title: 'A short text keeps the service busy',
      detail: `${long.length} characters take ${formatDuration(spent(long))}, ${short.length} take ${formatDuration(spent(short))}, ${harmless.length} harmless ones ${formatDuration(spent(harmless))}; another request waited ${formatDuration(long.waitedMs)} · ${shown(seen)}`,
      severity: complexity === 'exponential' ? 'high' : 'medium',
      tier: reached.rounds.some(blocks) ? 'defect' : 'suspicion',
      cwe: CWE,
      places: place === null ? [] : [place],
      repairs: REPAIRS,
      evidence: [
        { kind: 'exchange', title: 'The request with the longer text', exchange: reached.exchange },
        table(reached.rounds),
        ...source(seen),
      ],
    }),
  ]
}

/** `pattern at server.js:10` */
const nameOf = ({ place, pattern }: PatternSeen) =>
  place === null ? `pattern ${pattern.slice(0, 60)}` : `pattern at ${place.file}:${place.line}`

const isFirst = (one: Judgement, index: number, all: readonly Judgement[]) =>
  all.findIndex(({ subject }) => subject === one.subject) === index

export const judgePatterns = ({ patterns, patternsRead, patternsOpen }: Seen): Judgement[] => {
  const reached = patterns.flatMap(judgeReached).filter(isFirst)
  const unreached = patterns.filter((seen) => seen.reached === null).map(nameOf)
  const open =
    patternsOpen > 0 ? [`${formatCount(patternsOpen, 'pattern')} that could not be analysed in time`] : []
  if (reached.some(({ tier }) => tier === 'defect')) return reached
  const subject = SLOW_PATTERNS
  if (patternsRead === 0)
    return [
      notApplicable({
        subject,
        title: 'No pattern was found that repeats anything',
        detail: 'in the source, where it is JavaScript, TypeScript or Python, and in the documents',
      }),
    ]
  if (patterns.length === 0 && patternsOpen >= patternsRead)
    return [
      inconclusive({
        subject,
        title: 'No pattern could be analysed in time',
        detail: `${formatCount(patternsRead, 'pattern')} that repeat something`,
      }),
    ]
  const endless = [...new Set(patterns.flatMap((seen) => seen.endless))]
  if (endless.length > 0)
    return [
      ...reached,
      inconclusive({
        subject,
        title: 'A text kept it busy for longer than could be measured',
        detail: `no answer within 20 s, so that nothing tells whether the pattern or the machine took them: ${endless.join(', ')}`,
      }),
    ]
  const detail =
    patterns.length === 0
      ? `${formatCount(patternsRead, 'pattern')} analysed, none of them slow`
      : `${formatCount(patternsRead, 'pattern')} analysed, ${patterns.length} slow on some text, and no input was found that keeps the service busy with one`
  const notCovered = [...unreached.map((name) => `inputs that may reach the ${name}`), ...open]
  return [...reached, proven({ subject, title: 'No text keeps a pattern busy', detail, notCovered })]
}
