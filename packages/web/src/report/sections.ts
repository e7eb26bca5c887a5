import type { Reading } from '../../../plimsoll/src/model/reading/findings.ts'
import type { Run } from '../../../plimsoll/src/model/run.ts'
import type { Verdict } from '../../../plimsoll/src/model/verdict.ts'
import { categoryTitle } from './category-title.ts'
import type { Entry } from './frame/contents.tsx'

export type Section = { id: string; title: string; meaning?: string; verdicts: readonly Verdict[] }

/** The page from top to bottom: defects by category first, what held last. Empty ones are left out. */
export const sectionsOf = (reading: Reading): Section[] =>
  [
    ...reading.defects.map(({ category, verdicts }) => ({
      id: `category-${category}`,
      title: categoryTitle(category),
      verdicts,
    })),
    {
      id: 'inconclusive',
      title: 'Inconclusive',
      meaning: 'neither proven nor refuted',
      verdicts: reading.inconclusive,
    },
    { id: 'errored', title: 'Errored', meaning: 'could not be carried out', verdicts: reading.errored },
    {
      id: 'suspicions',
      title: 'Suspicions',
      meaning: 'not proved; they never fail the gate',
      verdicts: reading.suspicions,
    },
    { id: 'advice', title: 'Advice', meaning: 'never fails the gate', verdicts: reading.advice },
    { id: 'proven', title: 'Proven', meaning: 'tried, and held', verdicts: reading.proven },
    {
      id: 'not-applicable',
      title: 'Not applicable',
      meaning: 'nothing here to prove',
      verdicts: reading.notApplicable,
    },
  ].filter((section) => section.verdicts.length > 0)

export const contentsOf = (run: Run, sections: readonly Section[]): Entry[] => [
  ...sections.map(({ id, title, verdicts }) => ({
    id,
    title,
    count: verdicts.length,
    bad: id.startsWith('category-'),
  })),
  ...(run.notCovered.length + run.lab.limits.length + run.lab.outbound.length > 0
    ? [{ id: 'not-covered', title: 'Not covered' }]
    : []),
  { id: 'lab', title: 'The lab' },
  ...(run.lab.reach.length > 0 ? [{ id: 'routes', title: 'Routes reached' }] : []),
  { id: 'standards', title: 'Standards' },
  ...(run.probes.length > 0 ? [{ id: 'probes', title: 'What ran' }] : []),
]
