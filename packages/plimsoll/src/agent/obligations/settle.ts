import { bySeverity } from '../../model/priority.ts'
import type { ProbeRecord, Run } from '../../model/run.ts'
import type { Verdict } from '../../model/verdict.ts'
import { answerableFor, isOfOperations, names } from './answerable.ts'
import type { Duty } from './derive-obligations.ts'
import type { Ledger, Obligation, Weakened } from './obligation.ts'
import { findUnreached, type Unreached } from './unreached.ts'

type Settled = Pick<Obligation, 'state' | 'detail' | 'findings' | 'unreached'>
type Standing = Settled & { apart: readonly string[] }

const plain = (state: Obligation['state'], detail: string): Standing => ({
  ...{ state, detail, findings: [], unreached: [], apart: [] },
})

/** Why a probe that did not run did not; null where it ran. */
const idle = (record: ProbeRecord | undefined): Standing | null => {
  if (record === undefined) return plain('not-run', 'it was not among the experiments of the Run')
  const reason = record.reason ?? 'no reason was given'
  if (record.outcome === 'errored') return plain('inconclusive', `it broke: ${reason}`)
  if (record.outcome === 'skipped') return plain('not-run', reason)
  return record.outcome === 'not-applicable' ? plain('not-applicable', reason) : null
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

/** What an inspection could not tell: an advisory database that is not there, a document that cannot be read. */
const unreadIn = (verdicts: readonly Verdict[]): Unreached => ({
  enough: true,
  notes: verdicts
    .filter(({ status }) => status === 'inconclusive' || status === 'errored')
    .map(({ title, detail }) => `${title}: ${detail}`),
})

const MOST_NOTES = 3

const tellNotes = ({ notes }: Unreached): string => {
  const left = notes.length - MOST_NOTES
  return `${notes.slice(0, MOST_NOTES).join('; ')}${left > 0 ? `; and ${left} more` : ''}`
}

/** Whether a verdict is one that a change may have to answer for. */
export const countsAgainst = (verdict: Verdict, { failOn }: Pick<Run, 'failOn'>): boolean =>
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
    .filter((verdict) => countsAgainst(verdict, run))
    .map((verdict) => ({ verdict, how: answerableFor(verdict, duty, baseline, isStatic) }))
  const held = found.filter(({ how }) => how === 'touched' || how === 'new').map(({ verdict }) => verdict)
  const apart = found.filter(({ how }) => how === 'apart').map(({ verdict }) => verdict.id)
  const [first] = held
  if (first !== undefined) {
    const detail = `${first.subject}: ${first.title}`
    return { state: 'refuted', detail, findings: held.map(({ id }) => id), unreached: [], apart }
  }
  const open = found.find(({ how }) => how === 'unknown')?.verdict
  if (open !== undefined) {
    const detail = `${open.id} ${open.title}: no earlier Run tells whether it was there before`
    return { ...plain('inconclusive', detail), apart }
  }
  const blind = isStatic ? unreadIn(verdicts) : findUnreached(obligation, duty, verdicts, run)
  if (verdicts.length > 0 && verdicts.every(({ status }) => status === 'not-applicable'))
    return blind.enough
      ? plain('not-applicable', verdicts[0]?.detail ?? '')
      : { ...plain('inconclusive', tellNotes(blind)), apart }
  const unsure = isStatic ? null : (doubt(obligation, verdicts) ?? (blind.enough ? null : tellNotes(blind)))
  if (unsure !== null) return { ...plain('inconclusive', unsure), apart }
  const said = verdicts.filter(({ status }) => status === 'proven').length
  const detail = said === 0 ? 'nothing was found' : `${said} proven`
  return { ...plain('proven', detail), apart, unreached: blind.notes }
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
    obligations: settled.map(({ obligation, standing: { state, detail, findings, unreached } }) => ({
      ...obligation,
      ...{ state, detail, findings, unreached },
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
