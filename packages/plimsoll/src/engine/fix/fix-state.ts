import type { Patch } from '../../model/patch.ts'
import type { Finding } from '../../model/verdict.ts'
import type { Fixed } from './fix.ts'
import type { Laid, LayOptions } from './lay-patches.ts'
import type { Ground } from './open-ground.ts'
import { openTrial, type Trial, type TrialOptions } from './open-trial.ts'
import type { NeighbourOptions } from './prove-ground.ts'

/**
 * Writes a repair where no fixer offers one that holds; its word counts for nothing.
 * @param root absolute folder with the code as it is, the repairs so far included; to be read only
 */
export type WriteRepair = (finding: Finding, root: string) => Promise<Patch | { reason: string }>

export type FixOptions = Omit<NeighbourOptions, 'supervisor'> &
  Omit<LayOptions, 'written'> & {
    /** absolute folder of the backend; never written */
    root: string
    /** in the order of their importance, as the Run has them */
    findings: readonly Finding[]
    writeRepair?: WriteRepair
  }

export type Work = FixOptions & TrialOptions & { written: Map<string, Patch> }

export type State = {
  ground: Ground
  /** findings that may still be mended */
  open: Finding[]
  tries: Map<string, number>
  ended: Map<string, Pick<Fixed, 'outcome' | 'reason' | 'patch' | 'comparison'>>
  tests: { before: ReadonlyMap<string, boolean>; after: ReadonlyMap<string, boolean> }
}

export const NO_FIXER = 'no fixer has anything to offer for this code'

export const end = (
  state: State,
  { id }: Finding,
  outcome: Fixed['outcome'],
  reason: string,
  patch: Patch | null = null,
) => {
  state.ended.set(id, { outcome, reason, patch, comparison: null })
  state.open = state.open.filter((one) => one.id !== id)
}

export const refuse = (state: State, { finding, patch, isLast }: Laid, reason: string) => {
  if (isLast) end(state, finding, 'refused', reason, patch)
  else state.tries.set(finding.id, (state.tries.get(finding.id) ?? 0) + 1)
}

export const withTrial = async <T>(
  state: State,
  work: Work,
  use: (trial: Trial) => Promise<T>,
): Promise<T> => {
  const trial = await openTrial(state.ground, work)
  try {
    return await use(trial)
  } finally {
    await trial.close()
  }
}
