import { asFault, fault } from '../../base/errors/fault.ts'
import { openSupervisor } from '../../instruments/process/open-supervisor.ts'
import type { Config } from '../../model/config.ts'
import type { ProgressEvent } from '../../model/progress.ts'
import type { Run } from '../../model/run.ts'
import type { Judgement, Verdict } from '../../model/verdict.ts'
import { surveyFolder } from '../../survey/survey-folder.ts'
import { chooseService } from './choose-service.ts'
import { execute } from './execute.ts'
import type { Families } from './families.ts'
import { openSession } from './session.ts'

export type ReplayOptions = {
  root: string
  run: Run
  verdict: Verdict
  config: Config
  families: Families
  install: boolean
  signal: AbortSignal
  onProgress(event: ProgressEvent): void
}

/** What the same subject looks like now; null when the probe no longer speaks of it. */
export type Replayed = { judgement: Judgement | null; reproduced: boolean }

const inspectAgain = async ({
  root,
  verdict,
  config,
  families,
  signal,
}: ReplayOptions): Promise<Judgement[] | null> => {
  const inspection = families.inspections.find(({ id }) => id === verdict.probe)
  if (inspection === undefined) return null
  const { system, project } = await surveyFolder(root, families)
  const { contract } = config
  const seen = inspection.observes.parse(await inspection.inspect(system, project, { signal, contract }))
  const standard = families.standards.find(({ id }) => id === verdict.standard)
  return standard === undefined ? [] : inspection.judge(seen, standard)
}

const executeAgain = async (options: ReplayOptions): Promise<Judgement[]> => {
  const { root, run, verdict, families, signal } = options
  const experiment = families.experiments.find(({ id }) => id === verdict.probe)
  const standard = run.standards.find(({ id }) => id === experiment?.standard)
  if (experiment === undefined || standard === undefined) {
    throw fault('E_REPLAY_CHANGED', {
      id: verdict.id,
      change: `this version has no experiment "${verdict.probe}"`,
    })
  }
  const supervisor = await openSupervisor()
  try {
    const surveyed = await surveyFolder(root, families)
    const service = chooseService(surveyed.system, run.service, options.config)
    const session = await openSession({
      ...options,
      ...surveyed,
      service,
      stores: families.stores,
      seed: run.seed,
      supervisor,
    })
    options.onProgress({ kind: 'probe-started', id: experiment.id, title: experiment.title })
    const execution = await execute(experiment, session, { seed: run.seed, focus: [verdict.subject], signal })
    if (!('seen' in execution)) throw fault('E_REPLAY_CHANGED', { id: verdict.id, change: execution.reason })
    return experiment.judge(experiment.observes.parse(execution.seen), standard, run.standards)
  } finally {
    await supervisor.close()
  }
}

/** Executes one verdict of a Run again, alone, from a clean state, with the seed of that Run. */
export const replay = async (options: ReplayOptions): Promise<Replayed> => {
  try {
    const judged = (await inspectAgain(options)) ?? (await executeAgain(options))
    const { subject, standard } = options.verdict
    const judgement =
      judged.find((one) => one.subject === subject && (one.standard ?? standard) === standard) ?? null
    return { judgement, reproduced: judgement?.status === options.verdict.status }
  } catch (thrown) {
    throw asFault(thrown)
  }
}
