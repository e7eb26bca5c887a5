import { rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { writeWhole } from '../../instruments/files/write.ts'
import { openSupervisor } from '../../instruments/process/open-supervisor.ts'
import { hashFiles, hashOf } from '../../instruments/source/hash-tree.ts'
import { openProject } from '../../instruments/source/open-project.ts'
import { openGround } from '../fix/open-ground.ts'
import { type Proof, proveAndSave, type SavingOptions } from '../prove/prove-and-save.ts'
import { BASELINES_DIR } from '../runs/locate-run.ts'

/** The files before the work began: what they were, and how to read those that are others now. */
export type EarlierTree = {
  /** what `Run.tree` is called of it */
  hash: string
  hashes: ReadonlyMap<string, string>
  /** text of a file then; null where it was not there, or cannot be read any more */
  read(file: string): Promise<string | null>
}

/** Where Runs of earlier files are kept: beside the others, because none of them is the newest proof. */
const baselinesDir = (runsDir: string): string => join(dirname(runsDir), BASELINES_DIR)

/** Makes a copy of the folder as it was; what git ignores stays as it is, where nobody knows what it was. */
const goBack = async (root: string, copy: string, { hashes, read }: EarlierTree): Promise<boolean> => {
  const project = await openProject(root)
  const now = hashFiles(project)
  for (const [file, hash] of hashes) {
    if (now.get(file) === hash) continue
    const text = await read(file)
    if (text === null) return false
    await rm(join(copy, file), { force: true })
    await writeWhole(join(copy, file), text)
  }
  for (const file of now.keys())
    if (!hashes.has(file) && project.exists(file)) await rm(join(copy, file), { force: true })
  return [...hashes].every(([file, hash]) => hashOf(copy, file) === hash)
}

/**
 * Proves the files as they were in a copy, and keeps the Run as one of them. The folder itself is read, never written.
 * @returns null where they cannot be brought back as they were
 * @throws what a proof throws
 */
export const proveEarlier = async (
  earlier: EarlierTree,
  { root, runsDir, ...options }: SavingOptions,
): Promise<Proof | null> => {
  const supervisor = await openSupervisor()
  try {
    const ground = await openGround(root, supervisor.scratchDir, options.signal)
    if (!(await goBack(root, ground.root, earlier))) return null
    return await proveAndSave({
      ...options,
      ...{ root: ground.root, runsDir: baselinesDir(runsDir), tree: earlier.hash },
    })
  } finally {
    await supervisor.close()
  }
}
