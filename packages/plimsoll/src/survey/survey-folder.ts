import { readRevision } from '../instruments/source/git.ts'
import { openProject } from '../instruments/source/open-project.ts'
import type { Project } from '../instruments/source/project.ts'
import type { System } from '../model/system.ts'
import type { Families } from './families.ts'
import { survey } from './survey.ts'

/**
 * Opens a folder and surveys it.
 * @throws E_NOT_A_FOLDER
 */
export const surveyFolder = async (
  dir: string,
  families: Families,
): Promise<{ system: System; project: Project }> => {
  const project = await openProject(dir)
  const revision = await readRevision(project.root)
  return { system: survey(project, families, revision), project }
}
