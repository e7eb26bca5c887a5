import type { Families } from '../../../engine/prove/families.ts'
import { hashFiles, hashTree } from '../../../instruments/source/hash-tree.ts'
import type { Project } from '../../../instruments/source/project.ts'
import type { System } from '../../../model/system.ts'
import { surveyFolder } from '../../../survey/survey-folder.ts'
import { type Guards, takeGuards } from './take-guards.ts'

/** A folder as it is now: its content by hash, what the survey found in it, and its texts. */
export type Tree = {
  /** of every file that a verdict depends on; what `Run.tree` has to be equal to */
  hash: string
  hashes: ReadonlyMap<string, string>
  system: System
  project: Project
  /** what guards the work beside the listed files */
  guards: Guards
}

/**
 * Reads a folder anew. Every call sees what is there then.
 * @param root absolute
 * @throws E_NOT_A_FOLDER
 */
export const takeTree = async (root: string, families: Families): Promise<Tree> => {
  const { system, project } = await surveyFolder(root, families)
  const hashes = hashFiles(project)
  return { hash: hashTree(hashes), hashes, system, project, guards: await takeGuards(root) }
}
