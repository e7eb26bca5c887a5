import { join } from 'node:path'
import { frameworks } from '../../packages/plimsoll/src/frameworks/catalogue.generated.ts'
import type { Inspection } from '../../packages/plimsoll/src/inspections/define.ts'
import { openProject } from '../../packages/plimsoll/src/instruments/source/open-project.ts'
import { writeFixture } from '../../packages/plimsoll/src/instruments/source/write-fixture.ts'
import { languages } from '../../packages/plimsoll/src/languages/catalogue.generated.ts'
import { stores } from '../../packages/plimsoll/src/stores/catalogue.generated.ts'
import { survey } from '../../packages/plimsoll/src/survey/survey.ts'
import { inspectFolder } from './inspect-code.ts'
import { root } from './repository.ts'

const surveyed = async (inspection: Inspection, dir: string) => {
  const project = await openProject(dir)
  return inspectFolder(inspection, dir, survey(project, { frameworks, languages, stores }))
}

/** What an inspection says of a folder of this repository, with the routes that the survey finds in it. */
export const surveyedFolder = (inspection: Inspection, folder: string) =>
  surveyed(inspection, join(root, folder))

/** What it says of files that are written out. */
export const surveyedFiles = async (
  inspection: Inspection,
  files: Readonly<Record<string, string | object>>,
) => {
  const fixture = writeFixture(files)
  try {
    return await surveyed(inspection, fixture.dir)
  } finally {
    fixture.remove()
  }
}
