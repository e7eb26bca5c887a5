import type { Fixer } from '../../fixers/define.ts'
import type { Project } from '../../instruments/source/project.ts'
import type { Patch } from '../../model/patch.ts'
import type { Run } from '../../model/run.ts'
import type { Finding } from '../../model/verdict.ts'
import type { Ground } from './open-ground.ts'
import { proposeFixes } from './propose-fixes.ts'

/** Asked where no fixer has anything to offer. */
export type ProposeByModel = (finding: Finding, source: Project) => Promise<readonly Patch[]>

export type LayOptions = {
  run: Run
  fixers: readonly Fixer[]
  proposeByModel?: ProposeByModel | undefined
}

/** A finding with the patch that is in the ground for it; null where none is. */
export type Laid = { finding: Finding; patch: Patch | null; isLast: boolean }

/**
 * Puts the patches of these findings into the ground, most important first: each is proposed on what those before it
 * left. Of two that cannot stand beside each other the more important one is there first.
 * @param tries how many proposals of a finding were refused before, by its id
 */
export const layPatches = async (
  ground: Ground,
  findings: readonly Finding[],
  tries: ReadonlyMap<string, number>,
  { run, fixers, proposeByModel }: LayOptions,
): Promise<Laid[]> => {
  await ground.clear()
  const laid: Laid[] = []
  for (const finding of findings) {
    const source = await ground.read()
    const offered = await proposeFixes(run, finding.id, source, fixers)
    const skipped = tries.get(finding.id) ?? 0
    if (offered.length <= skipped && proposeByModel !== undefined)
      offered.push(...(await proposeByModel(finding, source)))
    const patch = offered[skipped] ?? null
    const isIn = patch !== null && (await ground.put(patch))
    laid.push({ finding, patch: isIn ? patch : null, isLast: offered.length <= skipped + 1 })
  }
  return laid
}
