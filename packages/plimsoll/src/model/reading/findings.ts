import { CATEGORIES, type Category, SEVERITIES } from '../priority.ts'
import type { Run } from '../run.ts'
import type { Verdict } from '../verdict.ts'

/** The verdicts of a Run, by what they mean to a reader. Each list is sorted, the most important first. */
export type Reading = {
  /** proved defects, the only ones that may fail the gate, by category in priority order; none is empty */
  defects: { category: Category; verdicts: Verdict[] }[]
  suspicions: Verdict[]
  advice: Verdict[]
  proven: Verdict[]
  inconclusive: Verdict[]
  errored: Verdict[]
  notApplicable: Verdict[]
}

const LAST_CATEGORY: Category = 'quality'

/** Category of the standard that a verdict decides. */
export const categoryOf = (run: Run) => {
  const byId = new Map(run.standards.map((standard) => [standard.id, standard.category]))
  return (verdict: Verdict): Category => byId.get(verdict.standard) ?? LAST_CATEGORY
}

const rank = (verdict: Verdict) =>
  verdict.severity === undefined ? SEVERITIES.length : SEVERITIES.indexOf(verdict.severity)

export const readVerdicts = (run: Run): Reading => {
  const category = categoryOf(run)
  const sorted = run.verdicts.toSorted(
    (a, b) =>
      CATEGORIES.indexOf(category(a)) - CATEGORIES.indexOf(category(b)) ||
      rank(a) - rank(b) ||
      a.probe.localeCompare(b.probe) ||
      a.subject.localeCompare(b.subject),
  )
  const refuted = (tier: Verdict['tier']) =>
    sorted.filter((verdict) => verdict.status === 'refuted' && (verdict.tier ?? 'defect') === tier)
  const having = (status: Verdict['status']) => sorted.filter((verdict) => verdict.status === status)
  const defects = refuted('defect')
  return {
    defects: CATEGORIES.map((name) => ({
      category: name,
      verdicts: defects.filter((verdict) => category(verdict) === name),
    })).filter((group) => group.verdicts.length > 0),
    suspicions: refuted('suspicion'),
    advice: refuted('advice'),
    proven: having('proven'),
    inconclusive: having('inconclusive'),
    errored: having('errored'),
    notApplicable: having('not-applicable'),
  }
}
