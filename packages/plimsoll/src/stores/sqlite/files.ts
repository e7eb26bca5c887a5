import { constants } from 'node:fs'
import { copyFile, mkdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { COMPANIONS, findDatabases } from './find-files.ts'

const copyIfThere = (from: string, to: string) =>
  copyFile(from, to, constants.COPYFILE_FICLONE).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
  })

/** Copies databases with what SQLite keeps beside them. Nobody may have them open for writing. */
export const copyDatabases = async (from: string, to: string, files: readonly string[]): Promise<void> => {
  for (const file of files) {
    await mkdir(dirname(join(to, file)), { recursive: true })
    for (const ending of ['', ...COMPANIONS])
      await copyIfThere(join(from, file) + ending, join(to, file) + ending)
  }
}

/** Removes every database below a folder. */
export const removeDatabases = async (dir: string): Promise<void> => {
  for (const file of await findDatabases(dir))
    for (const ending of ['', ...COMPANIONS]) await rm(join(dir, file) + ending, { force: true })
}
