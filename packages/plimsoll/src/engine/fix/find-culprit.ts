import type { Run } from '../../model/run.ts'
import type { Finding, Verdict } from '../../model/verdict.ts'
import type { Change } from './fix.ts'
import { type LayOptions, layPatches } from './lay-patches.ts'
import type { Ground } from './open-ground.ts'
import { openTrial, type TrialOptions } from './open-trial.ts'

const verdictsOf = (worse: readonly Change[], runs: readonly Run[]): Verdict[] =>
  worse.flatMap(({ id }) => {
    const found = runs.flatMap(({ verdicts }) => verdicts).find((one) => one.id === id)
    return found === undefined ? [] : [found]
  })

/**
 * The patch without which nothing is worse, the least important first; null where no single one is to blame.
 * @param kept findings whose patches are in the ground, most important first
 */
export const findCulprit = async (
  ground: Ground,
  kept: readonly Finding[],
  worse: readonly Change[],
  runs: readonly Run[],
  options: TrialOptions & LayOptions & { tries: ReadonlyMap<string, number> },
): Promise<Finding | null> => {
  const [only, another] = kept
  if (only !== undefined && another === undefined) return only
  const verdicts = verdictsOf(worse, runs)
  for (const suspect of [...kept].reverse()) {
    const others = kept.filter((one) => one !== suspect)
    await layPatches(ground, others, options.tries, options)
    const trial = await openTrial(ground, options)
    try {
      const again = await trial.again(verdicts)
      if (verdicts.every(({ id }) => again.get(id)?.status !== 'refuted')) return suspect
    } finally {
      await trial.close()
    }
  }
  return null
}
