import type { Fixer } from '../../fixers/define.ts'
import type { Patch } from '../../model/patch.ts'
import type { Run } from '../../model/run.ts'
import type { Finding } from '../../model/verdict.ts'
import type { Ground } from './open-ground.ts'
import { proposeFixes } from './propose-fixes.ts'

export type LayOptions = {
  run: Run
  fixers: readonly Fixer[]
  /** patches by finding that were written for it: they stand in place of what fixers offer */
  written: ReadonlyMap<string, Patch>
}

/** A finding with the patch that is in the ground for it; null where none is. */
export type Laid = { finding: Finding; patch: Patch | null; isLast: boolean }

/** What was written was written on everything else, and on what was written before it. */
const inOrder = (findings: readonly Finding[], written: ReadonlyMap<string, Patch>): Finding[] => [
  ...findings.filter(({ id }) => !written.has(id)),
  ...[...written.keys()].flatMap((id) => findings.filter((one) => one.id === id)),
]

/**
 * Puts the patches of these findings into the ground, most important first: each is proposed on what those before it
 * left. Of two that cannot stand beside each other the more important one is there first.
 * @param tries how many proposals of a finding were refused before, by its id
 */
export const layPatches = async (
  ground: Ground,
  findings: readonly Finding[],
  tries: ReadonlyMap<string, number>,
  { run, fixers, written }: LayOptions,
): Promise<Laid[]> => {
  await ground.clear()
  const laid: Laid[] = []
  for (const finding of inOrder(findings, written)) {
    const own = written.get(finding.id)
    const offered =
      own === undefined ? await proposeFixes(run, finding.id, await ground.read(), fixers) : [own]
    const skipped = tries.get(finding.id) ?? 0
    const patch = offered[skipped] ?? null
    const isIn = patch !== null && (await ground.put(patch))
    laid.push({ finding, patch: isIn ? patch : null, isLast: offered.length <= skipped + 1 })
  }
  return laid
}
