import type { Category } from '../../model/priority.ts'
import type { ProbeRecord, Run } from '../../model/run.ts'
import type { Standard } from '../../model/standard.ts'
import type { Verdict } from '../../model/verdict.ts'
import { exitCode } from './exit-code.ts'
import { identify, type Judged } from './identify.ts'
import { type Judge, judgeProbe } from './judge-probe.ts'
import { mergeConfirmed } from './merge-confirmed.ts'
import { inOrder } from './order.ts'
import { tally } from './tally.ts'

export type Judges = { experiments: readonly Judge[]; inspections: readonly Judge[] }

const judgedBy = (record: ProbeRecord, judges: Judges, standards: readonly Standard[]): Judged[] => {
  const isStatic = record.kind === 'inspection'
  const judge = (isStatic ? judges.inspections : judges.experiments).find(({ id }) => id === record.probe)
  const standard = standards.find(({ id }) => id === record.standard)
  if (judge === undefined || standard === undefined) return []
  return judgeProbe(judge, record, standard, isStatic, standards).map((judgement) => ({
    probe: record.probe,
    standard: judgement.standard ?? record.standard,
    judgement,
  }))
}

export const categoryIn = (standards: readonly Standard[]) => {
  const categories = new Map<string, Category>(standards.map(({ id, category }) => [id, category]))
  return (standard: string): Category => categories.get(standard) ?? 'quality'
}

export const judgeRecords = (
  records: readonly ProbeRecord[],
  judges: Judges,
  standards: readonly Standard[],
): Verdict[] =>
  inOrder(identify(records.flatMap((record) => judgedBy(record, judges, standards))), categoryIn(standards))

const unique = (texts: readonly string[]) => [...new Set(texts)]

/** Everything of a Run that follows from its saved observations, made anew: `plimsoll judge` is this function. */
export const judgeRun = (run: Run, judges: Judges): Run => {
  const routes = run.system.services.flatMap((service) => service.routes)
  const judged = judgeRecords(run.probes, judges, run.standards)
  const verdicts = mergeConfirmed(judged, new Set(judges.inspections.map(({ id }) => id)), routes)
  const signal = run.exitCode === 143 ? 'SIGTERM' : 'SIGINT'
  return {
    ...run,
    verdicts,
    tallies: tally(verdicts, categoryIn(run.standards)),
    notCovered: unique(verdicts.flatMap((verdict) => verdict.notCovered)),
    exitCode: exitCode({ end: run.end, verdicts, failOn: run.failOn, strict: run.strict, signal }),
  }
}
