import { bySeverity } from '../../model/priority.ts'
import type { ProbeRecord, Run } from '../../model/run.ts'
import type { Verdict } from '../../model/verdict.ts'
import { answerableFor, isOfOperations, names } from './answerable.ts'
import type { Duty } from './derive-obligations.ts'
import type { Ledger, Obligation, Weakened } from './obligation.ts'

type Settled = Pick<Obligation, 'state' | 'detail' | 'findings'>
type Standing = Settled & { apart: readonly string[] }

const plain = (state: Obligation['state'], detail: string): Standing => ({
  ...{ state, detail, findings: [], apart: [] },
})

/** Why a probe that did not run did not; null where it ran. */
const idle = (record: ProbeRecord | undefined): Standing | null => {
  if (record === undefined) return plain('not-run', 'it was not among the experiments of the Run')
  const reason = record.reason ?? 'no reason was given'
  if (record.outcome === 'errored') return plain('inconclusive', `it broke: ${reason}`)
  if (record.outcome === 'skipped') return plain('not-run', reason)
  return record.outcome === 'not-applicable' ? plain('not-applicable', reason) : null
}

/** Why an operation was hardly looked at; null where it accepted a request, or a verdict speaks of it. */
const blindSpot = (subject: string, verdicts: readonly Verdict[], { lab }: Run): string | null => {
  if (verdicts.some((one) => one.status === 'proven' && names(one.subject, subject))) return null
  const note = verdicts.flatMap(({ notCovered }) => notCovered).find((text) => names(text, subject))
  if (note !== undefined) return `not covered: ${note}`
  const reached = lab.reach.find(({ route }) => route === subject)
  if (reached === undefined) return `${subject} was not tried`
  if (reached.status === null) return `${subject} gave no answer`
  return reached.status < 400 ? null : `${subject} accepted no request: answered ${reached.status}`
}

const doubt = (obligation: Obligation, verdicts: readonly Verdict[]): string | null => {
  const open = verdicts.filter(({ status }) => status === 'inconclusive' || status === 'errored')
  const own = open.find(({ subject, detail }) =>
    obligation.subjects.some((one) => names(subject, one) || names(detail, one)),
  )
  const anyProven = verdicts.some(({ status }) => status === 'proven')
  const said = own ?? (anyProven ? undefined : open.find(({ subject }) => !isOfOperations(subject)))
  if (said !== undefined) return `${said.title}: ${said.detail}`
  return null
}

/** A statement about operations needs that so many of them were reached. */
const LEAST_REACHED = 0.8

type Blind = { enough: boolean; notes: readonly string[] }

/** What of its operations was hardly looked at; one that is new has to be reached itself. */
const blindSpots = ({ subjects }: Obligation, duty: Duty, verdicts: readonly Verdict[], run: Run): Blind => {
  const spots = subjects.flatMap((subject) => {
    const note = blindSpot(subject, verdicts, run)
    return note === null ? [] : [{ subject, note }]
  })
  const fresh = new Set(duty.changes.filter(({ change }) => change === 'new route').map(({ what }) => what))
  const missed = spots.some(({ subject }) => fresh.has(subject))
  return {
    enough: !missed && spots.length <= subjects.length * (1 - LEAST_REACHED) + 1e-9,
    notes: spots.map(({ note }) => note),
  }
}

const counts = (verdict: Verdict, { failOn }: Run) =>
  verdict.status === 'refuted' &&
  verdict.tier === 'defect' &&
  bySeverity(verdict.severity ?? 'low', failOn) <= 0

const standing = (obligation: Obligation, duty: Duty, run: Run, baseline: Run | null): Standing => {
  const record = run.probes.find(({ probe }) => probe === obligation.probe)
  const without = idle(record)
  if (without !== null || record === undefined) return without ?? plain('not-run', '')
  const verdicts = run.verdicts.filter(({ probe }) => probe === obligation.probe)
  const isStatic = record.kind === 'inspection'
  const found = verdicts
    .filter((verdict) => counts(verdict, run))
    .map((verdict) => ({ verdict, how: answerableFor(verdict, duty, baseline, isStatic) }))
  const held = found.filter(({ how }) => how === 'touched' || how === 'new').map(({ verdict }) => verdict)
  const apart = found.filter(({ how }) => how === 'apart').map(({ verdict }) => verdict.id)
  const [first] = held
  if (first !== undefined) {
    const detail = `${first.subject}: ${first.title}`
    return { state: 'refuted', detail, findings: held.map(({ id }) => id), apart }
  }
  const open = found.find(({ how }) => how === 'unknown')?.verdict
  if (open !== undefined) {
    const detail = `${open.id} ${open.title}: no earlier Run tells whether it was there before`
    return { ...plain('inconclusive', detail), apart }
  }
  if (verdicts.length > 0 && verdicts.every(({ status }) => status === 'not-applicable'))
    return plain('not-applicable', verdicts[0]?.detail ?? '')
  const blind = blindSpots(obligation, duty, verdicts, run)
  const unsure = isStatic
    ? null
    : (doubt(obligation, verdicts) ?? (blind.enough ? null : (blind.notes[0] ?? '')))
  if (unsure !== null) return { ...plain('inconclusive', unsure), apart }
  const said = verdicts.filter(({ status }) => status === 'proven').length
  const beside = blind.notes.map((note) => `; ${note}`).join('')
  return { ...plain('proven', `${said === 0 ? 'nothing was found' : `${said} proven`}${beside}`), apart }
}

export type Evidence = {
  /** null where there is none; one of another tree is no evidence */
  run: Run | null
  /** a Run of the tree at the start: what it refuted was there before */
  baseline: Run | null
  weakened: readonly Weakened[]
}

/**
 * Holds a Run against what is due. Pure. A Run of another tree proves nothing: everything is `not-run` then. What was
 * found is held against the change where the change touches its subject, or where the baseline had looked and not
 * found it; the rest is `apart`.
 */
export const settle = (duty: Duty, { run, baseline, weakened }: Evidence): Ledger => {
  const { tree } = duty
  if (run === null || run.tree !== tree)
    return { tree, obligations: duty.obligations, weakened, apart: [], problem: null }
  const settled = duty.obligations.map((obligation) => ({
    obligation,
    standing: standing(obligation, duty, run, baseline),
  }))
  return {
    tree,
    weakened,
    obligations: settled.map(({ obligation, standing: { state, detail, findings } }) => ({
      ...obligation,
      ...{ state, detail, findings },
      run: state === 'not-run' ? null : run.id,
    })),
    apart: [...new Set(settled.flatMap(({ standing: { apart } }) => apart))],
    problem: run.problem?.message ?? null,
  }
}

/** The states of two ledgers of one tree together: what one has no evidence for, the other may. */
export const join = (first: Ledger, second: Ledger): Ledger => ({
  ...second,
  obligations: second.obligations.map((obligation) => {
    const other = first.obligations.find(({ probe }) => probe === obligation.probe)
    return obligation.state === 'not-run' && first.tree === second.tree && other !== undefined
      ? other
      : obligation
  }),
  apart: [...new Set([...first.apart, ...second.apart])],
})

/** What the whole comes to: one refuted obligation or weakened gate refutes it, one without an answer leaves it open. */
export const standingOf = ({ obligations, weakened }: Ledger): 'proven' | 'refuted' | 'unproven' => {
  if (weakened.length > 0 || obligations.some(({ state }) => state === 'refuted')) return 'refuted'
  const open = obligations.some(({ state }) => state === 'not-run' || state === 'inconclusive')
  return open ? 'unproven' : 'proven'
}
