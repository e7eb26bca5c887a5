import { join } from 'node:path'
import { frameworks } from '../../packages/plimsoll/src/frameworks/catalogue.generated.ts'
import type { Inspection } from '../../packages/plimsoll/src/inspections/define.ts'
import { openProject } from '../../packages/plimsoll/src/instruments/source/open-project.ts'
import { languages } from '../../packages/plimsoll/src/languages/catalogue.generated.ts'
import { stores } from '../../packages/plimsoll/src/stores/catalogue.generated.ts'
import { survey } from '../../packages/plimsoll/src/survey/survey.ts'
import { inspectFolder } from './inspect-code.ts'
import { root } from './repository.ts'

/** What an inspection says of a folder of this repository, with the routes that the survey finds in it. */
export const surveyedFolder = async (inspection: Inspection, folder: string) => {
  const project = await openProject(join(root, folder))
  return inspectFolder(inspection, folder, survey(project, { frameworks, languages, stores }))
}
