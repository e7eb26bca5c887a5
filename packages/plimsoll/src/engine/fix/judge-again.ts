import type { ContractWishes } from '../../model/config.ts'
import type { Run } from '../../model/run.ts'
import type { Standard } from '../../model/standard.ts'
import type { Judgement, Verdict } from '../../model/verdict.ts'
import type { surveyFolder } from '../../survey/survey-folder.ts'
import { execute } from '../prove/execute.ts'
import type { Families } from '../prove/families.ts'
import type { Session } from '../prove/session.ts'
import { createSlots } from '../prove/slots.ts'

/** What a subject is now, after one execution with the seed of the Run. */
export type Again = { status: Verdict['status']; said: string }

export type AgainOptions = {
  run: Run
  families: Families
  session: () => Promise<Session>
  surveyed: Awaited<ReturnType<typeof surveyFolder>>
  contract: ContractWishes | undefined
  signal: AbortSignal
}

const ABSENT: Again = { status: 'inconclusive', said: 'the probe no longer speaks of it' }

/**
 * A judge speaks of some subjects only while they are refuted. The probe has to have proved something for its silence
 * to mean that the defect is gone.
 */
export const readAgain = (verdict: Verdict, judged: readonly Judgement[]): Again => {
  const same = judged.find(
    ({ subject, standard }) =>
      subject === verdict.subject && (standard ?? verdict.standard) === verdict.standard,
  )
  if (same !== undefined) return { status: same.status, said: same.title }
  const proved = judged.find(({ status }) => status === 'proven')
  return proved === undefined ? ABSENT : { status: 'proven', said: 'the probe sees it no more' }
}

const judgeProbe = async (
  probe: string,
  focus: readonly string[],
  { run, families, session, surveyed, contract, signal }: AgainOptions,
): Promise<readonly Judgement[] | string> => {
  const standards: readonly Standard[] = run.standards
  const inspection = families.inspections.find(({ id }) => id === probe)
  const standardOf = (id: string) => standards.find((one) => one.id === id)
  if (inspection !== undefined) {
    const standard = standardOf(inspection.standard)
    const seen = await inspection.inspect(surveyed.system, surveyed.project, { signal, contract })
    return standard === undefined ? [] : inspection.judge(inspection.observes.parse(seen), standard)
  }
  const experiment = families.experiments.find(({ id }) => id === probe)
  const standard = experiment === undefined ? undefined : standardOf(experiment.standard)
  if (experiment === undefined || standard === undefined) return `this version has no experiment "${probe}"`
  const execution = await execute(experiment, await session(), { seed: run.seed, focus, standards, signal })
  if (!('seen' in execution)) return execution.reason
  return experiment.judge(experiment.observes.parse(execution.seen), standard, standards)
}

const LABS_AT_ONCE = 3

/** Executes the probes of these verdicts once more in the session, each with its own subjects, side by side. */
export const judgeAgain = async (
  verdicts: readonly Verdict[],
  options: AgainOptions,
): Promise<ReadonlyMap<string, Again>> => {
  const isDynamic = verdicts.some(({ probe }) => options.families.experiments.some(({ id }) => id === probe))
  // Opened here, so that an app that does not start is told as that, and not once for each probe.
  const concurrent = isDynamic && (await options.session()).concurrent
  const slots = createSlots(concurrent ? LABS_AT_ONCE : 1)
  const probes = [...new Set(verdicts.map(({ probe }) => probe))]
  const now = new Map<string, Again>()
  await Promise.all(
    probes.map((probe, rank) =>
      slots.use(rank, async () => {
        const own = verdicts.filter((verdict) => verdict.probe === probe)
        const judged = await judgeProbe(
          probe,
          own.map(({ subject }) => subject),
          options,
        ).catch((thrown: unknown) => {
          options.signal.throwIfAborted()
          return thrown instanceof Error ? thrown.message : String(thrown)
        })
        for (const verdict of own)
          now.set(
            verdict.id,
            typeof judged === 'string' ? { status: 'errored', said: judged } : readAgain(verdict, judged),
          )
      }),
    ),
  )
  return now
}
