import type { Families } from '../../engine/prove/families.ts'
import { listRuns } from '../../engine/runs/locate-run.ts'
import { readSealedRun } from '../../engine/seal/seal.ts'
import type { Run } from '../../model/run.ts'

const MOST_READ = 30

/** Nothing was left out, nothing was skipped, and nothing was refuted. */
const isWhole = (run: Run, { experiments, inspections }: Families): boolean => {
  const done = new Set(run.probes.filter(({ outcome }) => outcome !== 'skipped').map(({ probe }) => probe))
  return (
    run.end === 'complete' &&
    [...experiments, ...inspections].every(({ id }) => done.has(id)) &&
    !run.verdicts.some(({ status, tier }) => status === 'refuted' && tier === 'defect')
  )
}

/** Commits that were proven whole with nothing changed beside them, the newest proof first. */
export const provenCommits = (
  root: string,
  dirs: readonly string[],
  families: Families,
): { commit: string; run: string }[] =>
  [...new Set(dirs)]
    .flatMap((dir) => listRuns(dir).slice(0, MOST_READ))
    .flatMap(({ file }) => readSealedRun(file, root) ?? [])
    .filter((run) => isWhole(run, families))
    .flatMap(({ id, system: { commit, dirty } }) => (commit === null || dirty ? [] : [{ commit, run: id }]))
