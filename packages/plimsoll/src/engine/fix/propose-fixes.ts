import type { Fixer } from '../../fixers/define.ts'
import type { Project } from '../../instruments/source/project.ts'
import type { Patch } from '../../model/patch.ts'
import type { Run } from '../../model/run.ts'
import type { Finding, Verdict } from '../../model/verdict.ts'

export const isFinding = (verdict: Verdict): verdict is Finding =>
  verdict.status === 'refuted' && verdict.replay !== undefined

/** The part of a repository that the proved service is in: another service is none of a fixer's business. */
const ofService = (run: Run, project: Project): Project => {
  const service = run.system.services.find(({ name }) => name === run.service)
  if (service === undefined || service.dir === '.' || run.system.services.length < 2) return project
  const isWithin = (file: string) => file.startsWith(`${service.dir}/`)
  return {
    ...project,
    files: project.files.filter(isWithin),
    under: (dir, ...endings) => project.under(dir, ...endings).filter(isWithin),
  }
}

/** A fixer that cannot read the code has nothing to offer: that is no reason to end. */
const ask = async (fixer: Fixer, finding: Finding, source: Project): Promise<Patch[]> => {
  try {
    return await fixer.propose(finding, source)
  } catch {
    return []
  }
}

/**
 * What fixers would change for one finding, best first, without any proof that it helps.
 * @param findingId an id of the Run; empty where it is none, or nothing was refuted
 */
export const proposeFixes = async (
  run: Run,
  findingId: string,
  project: Project,
  fixers: readonly Fixer[],
): Promise<Patch[]> => {
  const finding = run.verdicts.find(({ id }) => id === findingId)
  if (finding === undefined || !isFinding(finding)) return []
  const source = ofService(run, project)
  const probes = [finding.probe, ...(finding.confirms ?? [])]
  const able = fixers.filter(({ repairs }) => repairs.some((probe) => probes.includes(probe)))
  const offered: Patch[] = []
  for (const fixer of able) offered.push(...(await ask(fixer, finding, source)))
  return offered
}
