import { resolve } from 'node:path'
import { families } from '../../packages/plimsoll/src/commands/families.ts'
import { applyOverrides } from '../../packages/plimsoll/src/engine/plan/standards.ts'
import { chooseService } from '../../packages/plimsoll/src/engine/prove/choose-service.ts'
import { execute } from '../../packages/plimsoll/src/engine/prove/execute.ts'
import { openSession } from '../../packages/plimsoll/src/engine/prove/session.ts'
import { openSupervisor } from '../../packages/plimsoll/src/instruments/process/open-supervisor.ts'
import { loadConfig } from '../../packages/plimsoll/src/lab/load-config.ts'
import type { Judgement } from '../../packages/plimsoll/src/model/verdict.ts'
import { surveyFolder } from '../../packages/plimsoll/src/survey/survey-folder.ts'
import { root } from './prove-specimen.ts'

export type Executed = { seen: unknown; judged: Judgement[] }

/**
 * One execution of one experiment on one folder of this repository (or an absolute one), judged, without confirmations.
 * @param focus subjects to decide; all where none are named
 */
export const executeFolder = async (
  folder: string,
  id: string,
  seed = 1,
  focus?: readonly string[],
): Promise<Executed> => {
  const experiment = families.experiments.find((one) => one.id === id)
  if (experiment === undefined) throw new Error(`there is no experiment ${id}`)
  const dir = resolve(root, folder)
  const { config, file } = await loadConfig(dir)
  const { standards } = applyOverrides(families.standards, config.standards, file ?? 'plimsoll.config.json')
  const standard = standards.find((one) => one.id === experiment.standard)
  if (standard === undefined) throw new Error(`${folder} leaves out ${experiment.standard}`)
  const supervisor = await openSupervisor()
  const { signal } = new AbortController()
  try {
    const surveyed = await surveyFolder(dir, families)
    const session = await openSession({
      ...surveyed,
      root: dir,
      service: chooseService(surveyed.system, undefined, config),
      ...{ config, stores: families.stores, install: false, seed, supervisor, signal },
      onProgress: () => undefined,
    })
    const execution = await execute(experiment, session, { seed, signal, standards, ...(focus && { focus }) })
    if (!('seen' in execution)) throw new Error(execution.reason)
    const seen = experiment.observes.parse(execution.seen)
    return { seen, judged: experiment.judge(seen, standard, standards) }
  } finally {
    await supervisor.close()
  }
}
