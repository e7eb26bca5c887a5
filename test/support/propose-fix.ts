import { unifiedDiff } from '../../packages/plimsoll/src/base/text/unified-diff.ts'
import type { Fixer } from '../../packages/plimsoll/src/fixers/define.ts'
import { openProject } from '../../packages/plimsoll/src/instruments/source/open-project.ts'
import { parseScript } from '../../packages/plimsoll/src/instruments/source/parse-script.ts'
import type { Project } from '../../packages/plimsoll/src/instruments/source/project.ts'
import { writeFixture } from '../../packages/plimsoll/src/instruments/source/write-fixture.ts'
import type { Patch } from '../../packages/plimsoll/src/model/patch.ts'
import type { Finding } from '../../packages/plimsoll/src/model/verdict.ts'
import { root } from './repository.ts'

/** A finding as the judge of that probe would word it. */
export const findingOf = (said: Partial<Finding> & Pick<Finding, 'probe' | 'subject'>): Finding => ({
  ...{ id: 'f1x3', standard: 'reliability.fault-tolerance', status: 'refuted', severity: 'high' },
  ...{ tier: 'defect', title: '', detail: '', repairs: [], evidence: [], figures: [], notCovered: [] },
  ...{ confirmations: { passed: 3, of: 3 }, replay: 'plimsoll replay f1x3' },
  ...said,
})

const checkScript = ({ file, after }: Patch['changes'][number]) => {
  const problem = after !== null && /\.[cm]?[jt]sx?$/.test(file) ? parseScript(file, after).problem : null
  if (problem !== null) throw new Error(`${file} is no longer code: ${problem}`)
}

/** The one patch that is offered, as a diff of all its files; '' where nothing is offered. */
export const diffOf = async (fixer: Fixer, project: Project, finding: Finding): Promise<string> => {
  const [patch, another] = await fixer.propose(finding, project)
  if (another !== undefined) throw new Error(`${fixer.id} offers more than one patch`)
  patch?.changes.forEach(checkScript)
  return (patch?.changes ?? []).map(({ file, before, after }) => unifiedDiff(file, before, after)).join('')
}

/** What a fixer changes in a folder of this repository. */
export const proposeForFolder = async (fixer: Fixer, folder: string, finding: Finding): Promise<string> =>
  diffOf(fixer, await openProject(`${root}/${folder}`), finding)

/** What a fixer changes in files that are written out. */
export const proposeForFiles = async (
  fixer: Fixer,
  files: Readonly<Record<string, string | object>>,
  finding: Finding,
): Promise<string> => {
  const fixture = writeFixture(files)
  try {
    return await diffOf(fixer, await openProject(fixture.dir), finding)
  } finally {
    fixture.remove()
  }
}
