import { byteLength, cutTo, fitRows } from '../../base/text/fit.ts'
import type { FindingFacts, RunDigest } from './digest-run.ts'
import { isHeld, ORIGIN_WORDS, type Origin, type Origins } from './origin.ts'

/** What a model reads at once; a protocol cuts what is longer. */
const MOST_BYTES = 4_000
/** Of what is left beside head and end, the part that findings may always have. */
const FINDINGS_SHARE = 0.65
const MOST_WHY = 320
const MOST_REPAIR = 220
const MOST_TITLE = 160
const MOST_LINE = 200
const MOST_ORIGINS = 400

const countsLine = ({ counts }: RunDigest): string =>
  [
    `${counts.refuted} refuted`,
    `${counts.proven} proven`,
    ...(counts.suspicions > 0 ? [`${counts.suspicions} suspected`] : []),
    ...(counts.inconclusive > 0 ? [`${counts.inconclusive} inconclusive`] : []),
    ...(counts.errored > 0 ? [`${counts.errored} errored`] : []),
    ...(counts.notRun > 0 ? [`${counts.notRun} not run`] : []),
  ].join(' · ')

const tellFinding = (facts: FindingFacts, origin: Origin | undefined): string => {
  const { id, severity, category, title, why, where, probe, subject, repair, confirmations } = facts
  const { passed, of } = confirmations
  return [
    `✖ ${id} · ${origin === undefined ? '' : `${ORIGIN_WORDS[origin]} · `}${severity} · ${category} · ${cutTo(title, MOST_TITLE)}`,
    `  why   ${cutTo(why, MOST_WHY)}${of > 1 ? ` (${passed} of ${of})` : ''}`,
    `  where ${cutTo([...where.slice(0, 3), `${probe} on ${subject}`].join(' · '), MOST_LINE)}`,
    ...(repair === null ? [] : [`  mend  ${cutTo(repair, MOST_REPAIR)}`]),
  ].join('\n')
}

/** A title, rows while they fit, and how many did not; nothing where there are no rows. */
const section = (title: string, rows: readonly string[], mostBytes: number): string[] => {
  if (rows.length === 0) return []
  const note = (left: number) => `  (${left} more)`
  const room = mostBytes - byteLength(title) - 1
  const all = fitRows(rows, room)
  if (all.left === 0) return [title, ...all.rows]
  const { rows: kept, left } = fitRows(rows, room - byteLength(note(rows.length)) - 1)
  return [title, ...kept, note(left)]
}

const othersOf = (digest: RunDigest): (readonly [string, string[]])[] => {
  const brief = ({ id, title, why }: { id: string; title: string; why: string }) =>
    `  ${id} ${cutTo(`${title}: ${why}`, MOST_LINE)}`
  const reasons = new Map<string, string[]>()
  for (const { probe, reason } of digest.notRun) reasons.set(reason, [...(reasons.get(reason) ?? []), probe])
  return [
    ['Inconclusive', digest.inconclusive.map(brief)],
    ['Errored', digest.errored.map(brief)],
    [
      'Not run',
      [...reasons].map(
        ([reason, probes]) => `  ${cutTo(reason, MOST_LINE)}: ${cutTo(probes.join(', '), MOST_LINE)}`,
      ),
    ],
    [
      'Suspected, not proved',
      digest.suspicions.map(
        ({ id, title, where }) => `  ${id} ${cutTo([title, ...where.slice(0, 1)].join(' · '), MOST_LINE)}`,
      ),
    ],
  ]
}

const nextStep = ({ problem, defects, notRun, inconclusive }: RunDigest): string => {
  if (problem !== null)
    return 'Next: mend what keeps the app from getting ready, as the hint says, and prove again. Nothing is proven yet.'
  const [first] = defects
  if (first !== undefined) {
    const probes = [...new Set(defects.map(({ probe }) => probe))].slice(0, 4)
    return `Next: findings {"id":"${first.id}"} shows the evidence. Mend the cause, then prove {"only":${JSON.stringify(probes)}}.`
  }
  if (notRun.length > 0)
    return 'Next: what was not run is not proven. Prove it with more time, or name it in only.'
  if (inconclusive.length > 0)
    return 'Next: what is inconclusive is not proven. Its reason says what is missing.'
  return 'Nothing was refuted.'
}

const UNHELD =
  'Not held: nothing on this machine keeps what the lab boots from the files of its user (bubblewrap would).'

/** How the findings stand to the work: one row for each kind that there is, with ids; nothing where nobody knows. */
const originRows = ({ defects }: RunDigest, origins: Origins): string[] => {
  const byOrigin = new Map<Origin, string[]>()
  for (const { id } of defects) {
    const origin = origins.get(id)
    if (origin !== undefined) byOrigin.set(origin, [...(byOrigin.get(origin) ?? []), id])
  }
  if (byOrigin.size === 0) return []
  const parts = [...byOrigin].map(
    ([origin, ids]) => `${ids.length} ${ORIGIN_WORDS[origin]} (${ids.join(', ')})`,
  )
  return [cutTo(`Since the work began: ${parts.join('; ')}.`, MOST_ORIGINS)]
}

/** What the work answers for comes first; otherwise their order stays. */
const heldFirst = (digest: RunDigest, origins: Origins): RunDigest => {
  const rank = ({ id }: FindingFacts) => (isHeld(origins.get(id) ?? 'new') ? 0 : 1)
  return { ...digest, defects: [...digest.defects].sort((a, b) => rank(a) - rank(b)) }
}

/**
 * The digest as text for a model: at most so many bytes, whatever the Run; what is left out is counted.
 * @param origins how findings stand to the work, where somebody knows
 */
export const tellDigest = (
  given: RunDigest,
  mostBytes = MOST_BYTES,
  origins: Origins = new Map(),
): string => {
  const digest = heldFirst(given, origins)
  const { problem } = digest
  const head = [
    `Run ${digest.run}: ${digest.conclusion}. ${countsLine(digest)}. Exit ${digest.exitCode}.`,
    ...(problem === null
      ? []
      : [cutTo(`${problem.code}: ${problem.message}`, 900), `Hint: ${cutTo(problem.hint, 300)}`]),
    ...originRows(digest, origins),
  ]
  const covered =
    digest.notCovered.length === 0 ? [] : [cutTo(`Not covered: ${digest.notCovered.join('; ')}`, 240)]
  const outbound = digest.outbound.length === 0 ? [] : [cutTo(`Outbound: ${digest.outbound.join('; ')}`, 240)]
  const unheld = digest.sandbox === 'none' ? [UNHELD] : []
  const end = [...covered, ...outbound, ...unheld, nextStep(digest)]
  const room = mostBytes - byteLength([...head, ...end].join('\n')) - 2
  const findings = digest.defects.map((facts) => tellFinding(facts, origins.get(facts.id)))
  const others = othersOf(digest)
  const reserved = section('Refuted', findings, Math.floor(room * FINDINGS_SHARE))
  let left = room - byteLength(reserved.join('\n')) - 1
  const told = others.flatMap(([title, rows], at) => {
    const waiting = others.slice(at).filter(([, more]) => more.length > 0).length
    const lines = section(title, rows, Math.floor(left / Math.max(1, waiting)))
    left -= lines.length === 0 ? 0 : byteLength(lines.join('\n')) + 1
    return lines
  })
  const used = told.length === 0 ? 0 : byteLength(told.join('\n')) + 1
  return [...head, ...section('Refuted', findings, room - used), ...told, ...end].join('\n')
}
