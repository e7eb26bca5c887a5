import { byCategory, bySeverity, type Category } from '../../model/priority.ts'
import type { STATUSES, Verdict } from '../../model/verdict.ts'

const RANK = [
  'refuted',
  'errored',
  'inconclusive',
  'proven',
  'not-applicable',
] as const satisfies readonly (typeof STATUSES)[number][]
const TIERS = ['defect', 'suspicion', 'advice'] as const

/** Priority order of everything that is shown or repaired: category, then status, tier, severity, then name. */
export const inOrder = (
  verdicts: readonly Verdict[],
  categoryOf: (standard: string) => Category,
): Verdict[] =>
  [...verdicts].sort(
    (a, b) =>
      byCategory(categoryOf(a.standard), categoryOf(b.standard)) ||
      RANK.indexOf(a.status) - RANK.indexOf(b.status) ||
      TIERS.indexOf(a.tier ?? 'defect') - TIERS.indexOf(b.tier ?? 'defect') ||
      bySeverity(a.severity ?? 'low', b.severity ?? 'low') ||
      a.probe.localeCompare(b.probe) ||
      a.subject.localeCompare(b.subject),
  )
