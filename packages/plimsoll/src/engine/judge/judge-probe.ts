import type { z } from 'zod'
import type { ProbeRecord } from '../../model/run.ts'
import type { Standard } from '../../model/standard.ts'
import { inconclusive, type Judgement, notApplicable } from '../../model/verdict.ts'

/** The part of an experiment or inspection that judging needs: no world, no clock. */
export type Judge = {
  id: string
  title: string
  standard: string
  observes: z.ZodType<unknown>
  judge(seen: unknown, standard: Standard, all?: readonly Standard[]): Judgement[]
}

export type Confirmed = Judgement & { confirmations: { passed: number; of: number } }

/** How many times a refuted subject is executed again before anybody sees it. */
export const CONFIRMATIONS = 3

const once = { passed: 1, of: 1 }
const never = { passed: 0, of: 0 }

const errored = (judge: Judge, problem: string): Confirmed => ({
  ...inconclusive({ subject: judge.id, title: `${judge.title}: not decided`, detail: problem }),
  status: 'errored',
  confirmations: never,
})

const notRun = (judge: Judge, record: ProbeRecord): Confirmed => {
  const said = { subject: judge.id, title: judge.title, detail: record.reason ?? 'not run' }
  return record.outcome === 'not-applicable'
    ? { ...notApplicable(said), confirmations: never }
    : { ...inconclusive({ ...said, notCovered: [judge.title] }), confirmations: never }
}

const judgeOnce = (
  judge: Judge,
  seen: unknown,
  standard: Standard,
  all: readonly Standard[],
): Judgement[] | string => {
  const parsed = judge.observes.safeParse(seen)
  if (!parsed.success) {
    return `its observations are not in its own shape: ${parsed.error.issues[0]?.message ?? 'unknown'}`
  }
  try {
    return judge.judge(parsed.data, standard, all)
  } catch (thrown) {
    return `its judge threw: ${thrown instanceof Error ? thrown.message : String(thrown)}`
  }
}

const same = (a: Judgement, b: Judgement) =>
  a.subject === b.subject && a.standard === b.standard && a.status === b.status

/** A refuted subject stays refuted only if every re-execution refuted it too. */
const confirm = (
  first: Judgement,
  again: readonly (Judgement[] | string)[],
  reason: string | undefined,
): Confirmed => {
  if (first.status !== 'refuted') return { ...first, confirmations: once }
  const passed = again.filter(
    (one) => typeof one !== 'string' && one.some((other) => same(first, other)),
  ).length
  const confirmations = { passed, of: CONFIRMATIONS }
  if (passed >= CONFIRMATIONS) return { ...first, confirmations }
  const { severity: _severity, tier: _tier, ...rest } = first
  const seen =
    again.length < CONFIRMATIONS
      ? `only ${again.length} of ${CONFIRMATIONS} re-executions ran${reason === undefined ? '' : ` (${reason})`}`
      : ''
  return {
    ...rest,
    status: 'inconclusive',
    title: `${first.title}: ${passed === again.length ? 'seen each time, but not often enough' : 'seen, but not every time'}`,
    detail: [`seen again in ${passed} of ${CONFIRMATIONS} re-executions`, seen, first.detail]
      .filter((part) => part !== '')
      .join(' · '),
    repairs: [],
    confirmations,
  }
}

/**
 * Every judgement of one probe, from its saved observations alone.
 * @param isStatic inspections read files: one execution is all there is to see
 * @param all every standard of the Run, for probes that decide more than one
 */
export const judgeProbe = (
  judge: Judge,
  record: ProbeRecord,
  standard: Standard,
  isStatic: boolean,
  all: readonly Standard[] = [standard],
): Confirmed[] => {
  if (record.outcome === 'errored') return [errored(judge, record.reason ?? 'it threw')]
  if (record.outcome !== 'ran') return [notRun(judge, record)]
  const [first, ...again] = record.executions.map(({ seen }) => judgeOnce(judge, seen, standard, all))
  if (first === undefined) return [errored(judge, 'it left no observations')]
  if (typeof first === 'string') return [errored(judge, first)]
  if (isStatic) return first.map((one) => ({ ...one, confirmations: once }))
  return first.map((one) => confirm(one, again, record.reason))
}
