import type { Run } from '../../model/run.ts'
import type { Finding } from '../../model/verdict.ts'
import { prove } from '../prove/prove.ts'
import { type Compared, compareVerdicts } from './compare-verdicts.ts'
import type { Change } from './fix.ts'
import type { Ground } from './open-ground.ts'
import { openTrial, type TrialOptions } from './open-trial.ts'

export type NeighbourOptions = TrialOptions & {
  /** also what needs the machine for itself: load, growth */
  whole: boolean
  budgetSeconds: number
}

/** Everything that the Run executed, as far as it can be told in the time there is. */
const neighboursOf = (run: Run, findings: readonly Finding[], options: NeighbourOptions): string[] => {
  const ran = new Set(run.probes.filter(({ outcome }) => outcome === 'ran').map(({ probe }) => probe))
  const asked = new Set(findings.map(({ probe }) => probe))
  const { experiments, inspections } = options.families
  return [
    ...inspections.filter(({ id }) => ran.has(id)),
    ...experiments.filter(
      ({ id, quiet }) => ran.has(id) && (options.whole || quiet !== true || asked.has(id)),
    ),
  ].map(({ id }) => id)
}

/** A second look at what was proven and could not be decided this time: a machine that is busy is no defect. */
const lookAgain = async (
  ground: Ground,
  { doubtful }: Compared,
  options: NeighbourOptions,
): Promise<Change[]> => {
  const quiet = new Set(options.families.experiments.filter((one) => one.quiet).map(({ id }) => id))
  const verdicts = doubtful.filter(({ probe }) => !quiet.has(probe))
  if (verdicts.length === 0) return []
  const trial = await openTrial(ground, options)
  try {
    const again = await trial.again(verdicts)
    return verdicts.flatMap(({ id, title, status }) => {
      const now = again.get(id)?.status ?? 'inconclusive'
      return now === 'proven' ? [] : [{ id, title, before: status, after: now }]
    })
  } finally {
    await trial.close()
  }
}

export type GroundProved = { after: Run; better: Change[]; worse: Change[] }

/** Proves the ground as it is by the probes and the seed of the Run, and holds every subject against what it was. */
export const proveGround = async (
  ground: Ground,
  findings: readonly Finding[],
  options: NeighbourOptions,
): Promise<GroundProved> => {
  const { run } = options
  const after = await prove({
    ...{ root: ground.root, target: run.target, runId: `${run.id}-fixed`, config: options.config },
    ...{ configFile: 'plimsoll.config.json', families: options.families, install: options.install },
    ...(run.service !== undefined && { service: run.service }),
    choice: { only: neighboursOf(run, findings, options), skip: [] },
    ...{ seed: run.seed, budgetSeconds: options.budgetSeconds, failOn: run.failOn, strict: false },
    ...{ signal: options.signal, onProgress: options.onProgress, onRecord: () => undefined },
  })
  options.signal.throwIfAborted()
  const compared = compareVerdicts(run, after)
  return {
    after,
    better: compared.better,
    worse: [...compared.worse, ...(await lookAgain(ground, compared, options))],
  }
}
