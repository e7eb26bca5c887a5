import { readRevision } from '../instruments/source/git.ts'
import { openProject } from '../instruments/source/open-project.ts'
import type { Project } from '../instruments/source/project.ts'
import { openResultCache } from '../instruments/source/result-cache.ts'
import { System } from '../model/system.ts'
import type { Families } from './families.ts'
import { survey } from './survey.ts'

/**
 * Opens a folder and surveys it; a folder in which nothing changed is remembered.
 * @throws E_NOT_A_FOLDER
 */
export const surveyFolder = async (
  dir: string,
  families: Families,
): Promise<{ system: System; project: Project }> => {
  const project = await openProject(dir)
  const revision = await readRevision(project.root)
  const cache = openResultCache(project)
  const found = System.safeParse(cache.find())
  if (found.success) return { system: { ...found.data, ...revision }, project }
  const system = survey(project, families, revision)
  cache.save(system)
  return { system, project }
}
