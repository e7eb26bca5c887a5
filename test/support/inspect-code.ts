import { fileURLToPath } from 'node:url'
import type { Inspection } from '../../packages/plimsoll/src/inspections/define.ts'
import { openProject } from '../../packages/plimsoll/src/instruments/source/open-project.ts'
import { writeFixture } from '../../packages/plimsoll/src/instruments/source/write-fixture.ts'
import type { System } from '../../packages/plimsoll/src/model/system.ts'
import type { Judgement } from '../../packages/plimsoll/src/model/verdict.ts'
import { standards } from '../../packages/plimsoll/src/standards/catalogue.generated.ts'

const NOTHING: System = {
  ...{ name: 'app', commit: null, dirty: false, services: [], infra: [], contracts: [], workspaces: [] },
  ...{ files: { read: 0, bytes: 0 }, problems: [] },
}

/** What an inspection says of a folder of this repository, or an absolute one. */
export const inspectFolder = async (
  inspection: Inspection,
  folder: string,
  system = NOTHING,
): Promise<Judgement[]> => {
  const root = fileURLToPath(new URL('../../', import.meta.url))
  const source = await openProject(folder.startsWith('/') ? folder : `${root}${folder}`)
  const seen = await inspection.inspect(system, source, { signal: new AbortController().signal })
  const standard = standards.find(({ id }) => id === inspection.standard)
  if (standard === undefined) throw new Error(`there is no standard ${inspection.standard}`)
  return inspection.judge(inspection.observes.parse(seen), standard)
}

/** What an inspection says of files that are written out. */
export const inspectFiles = async (
  inspection: Inspection,
  files: Readonly<Record<string, string | object>>,
  system = NOTHING,
): Promise<Judgement[]> => {
  const fixture = writeFixture(files)
  try {
    return await inspectFolder(inspection, fixture.dir, system)
  } finally {
    fixture.remove()
  }
}

/** Which of these texts, each a file of its own, an inspection refutes: their indexes. */
export const refutedOf = async (
  inspection: Inspection,
  texts: readonly string[],
  ending = 'ts',
): Promise<string[]> => {
  const judged = await inspectFiles(
    inspection,
    Object.fromEntries(texts.map((text, index) => [`src/file-${index}.${ending}`, text])),
  )
  const places = judged.flatMap((one) => (one.status === 'refuted' ? (one.places ?? []) : []))
  return texts.filter((_, index) => places.some(({ file }) => file === `src/file-${index}.${ending}`))
}
