import { existsSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { Supervisor } from '../../instruments/process/process.ts'
import { planBox, type Shown } from '../../instruments/sandbox/box-mounts.ts'
import { foldersAbove, repositoryOf } from '../../instruments/sandbox/mounts.ts'
import { type Box, openBox } from '../../instruments/sandbox/open-box.ts'
import type { Config } from '../../model/config.ts'
import type { LabRecord } from '../../model/run.ts'
import { findSecretFiles } from '../environment/read-secret-files.ts'
import { findPackages, packagesOf } from './find-packages.ts'

/** What starts the repository's own code: in a box of its own, or as the user where none is wanted or to be had. */
export type Held = {
  supervisor: Supervisor
  /** null where none is wanted */
  by: NonNullable<LabRecord['sandbox']> | null
  limits: string[]
  close(): void
}

const isInside = (folder: string, path: string) => !relative(folder, path).startsWith('..')

/** What the history and our own records hold is nothing that a running app needs. */
const OURS = ['.git', '.plimsoll']

const show = async (root: string, scratchDir: string): Promise<Shown> => {
  const top = repositoryOf(root)
  const above = foldersAbove(root).map((folder) => packagesOf(join(folder, 'node_modules')))
  const packages = [...(await findPackages(top)), ...(await Promise.all(above)).flat()]
  const secrets = await findSecretFiles(top)
  const ours = [...new Set([top, root])].flatMap((folder) => OURS.map((name) => join(folder, name)))
  return {
    read: [top, ...new Set(packages.filter((folder) => !isInside(top, folder)))].filter(
      (folder) => !isInside(scratchDir, folder),
    ),
    hidden: [...ours, ...secrets.map((path) => join(top, path))]
      .filter((path) => existsSync(path) && !isInside(scratchDir, path))
      .map((path) => ({ path, isFolder: statSync(path).isDirectory() })),
    scratchDir,
  }
}

/**
 * Holds what runs the repository's code to the lab's own files, where the configuration wants it: the copy and the
 * scratch folder can be written, the repository and its packages read, and of the user's files nothing else is there.
 * @param root absolute folder of the repository
 */
export const openLabBox = async (
  root: string,
  { sandbox }: Config,
  supervisor: Supervisor,
): Promise<Held> => {
  if (sandbox !== true) return { supervisor, by: null, limits: [], close: () => {} }
  try {
    const mounts = planBox(await show(root, supervisor.scratchDir))
    const box: Box = await openBox({ supervisor, mounts })
    return { ...box, limits: [] }
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown)
    const limits = [`nothing holds the app here: it ran with the files of your user (${reason})`]
    return { supervisor, by: 'none', limits, close: () => {} }
  }
}
