import { byteLength, cutTo } from '../../base/text/fit.ts'
import { formatCount, formatNumber } from '../../base/text/numbers.ts'
import type { Evidence, Exchange } from '../../model/evidence.ts'
import { tellEvidence, tellExchange } from '../../model/reading/tell-evidence.ts'
import type { Run } from '../../model/run.ts'
import type { Figure, Judgement, Verdict } from '../../model/verdict.ts'
import { placesOf } from './digest-run.ts'

const MOST_BYTES = 4_000
const COLUMNS = 100
const MOST_BODY = 400
const MOST_LINES = 40
const NOTE_BYTES = 120

const bodies = ({ requestBody, body }: Exchange): string[] => [
  ...(requestBody === undefined ? [] : [`  sent     ${cutTo(requestBody, MOST_BODY)}`]),
  ...(body === '' ? [] : [`  answered ${cutTo(body, MOST_BODY)}`]),
]

const linesOf = (evidence: Evidence): string[] => {
  const lines =
    evidence.kind === 'exchange'
      ? [evidence.title, `  ${tellExchange(evidence.exchange)}`, ...bodies(evidence.exchange)]
      : tellEvidence(evidence, COLUMNS)
  const left = lines.length - MOST_LINES
  return left > 0 ? [...lines.slice(0, MOST_LINES), `  (${left} more lines)`] : lines
}

const tellFigure = ({ name, value, unit, n, interval, method }: Figure): string => {
  const range = interval === undefined ? '' : ` (${interval.map(formatNumber).join('–')})`
  return `${name} ${formatNumber(value)}${range} ${unit}, n ${n}, ${method}`
}

/** Pieces in their order while they fit; the rest is counted. */
const fitPieces = (pieces: readonly string[], mostBytes: number): string[] => {
  const kept: string[] = []
  let bytes = 0
  for (const piece of pieces) {
    bytes += byteLength(piece) + 1
    if (bytes > mostBytes - NOTE_BYTES) break
    kept.push(piece)
  }
  const left = pieces.length - kept.length
  return left === 0
    ? kept
    : [...kept, `(${formatCount(left, 'more piece', 'more pieces')} of evidence: see the report of the Run)`]
}

/** Evidence of a judgement, in as many bytes as there are. */
export const tellAllEvidence = (
  { evidence, figures }: Pick<Judgement, 'evidence' | 'figures'>,
  mostBytes: number,
): string[] =>
  fitPieces([...evidence.map((one) => linesOf(one).join('\n')), ...figures.map(tellFigure)], mostBytes)

/** One verdict with its evidence, for a model: at most so many bytes. */
export const tellVerdict = (run: Run, verdict: Verdict, mostBytes = MOST_BYTES): string => {
  const { id, status, severity, title, subject, detail, probe, confirmations, repairs } = verdict
  const standard = run.standards.find((one) => one.id === verdict.standard)
  const { passed, of } = confirmations
  const places = placesOf(run, verdict)
  const notCovered = verdict.notCovered.join('; ')
  const head = [
    `${id} · ${[status, severity, verdict.tier].filter((word) => word !== undefined).join(' · ')} · ${cutTo(title, 300)}`,
    `why      ${cutTo(detail, 600)}${of > 1 ? ` (${passed} of ${of} executions)` : ''}`,
    `subject  ${cutTo(subject, 200)} · probe ${probe}`,
    ...(places.length > 0 ? [`look at  ${cutTo(places.slice(0, 6).join(' · '), 300)}`] : []),
    ...(standard === undefined
      ? []
      : [`standard ${standard.id}: ${cutTo(standard.title, 200)}. ${cutTo(standard.why, 200)}`]),
    ...repairs.slice(0, 3).map((repair) => `mend     ${cutTo(repair, 300)}`),
  ]
  const end = [
    ...(notCovered === '' ? [] : [`Not covered: ${cutTo(notCovered, 200)}`]),
    ...(status === 'refuted'
      ? [`Next: mend it, then replay {"id":"${id}"} or prove {"only":["${probe}"]}.`]
      : []),
  ]
  const room = mostBytes - byteLength([...head, ...end].join('\n')) - 2
  return [...head, ...tellAllEvidence(verdict, room), ...end].join('\n')
}
