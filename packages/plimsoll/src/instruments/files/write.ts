import { randomBytes } from 'node:crypto'
import { access, appendFile, constants, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fault } from '../../base/errors/fault.ts'

const problemOf = (thrown: unknown) =>
  thrown instanceof Error && 'code' in thrown ? String(thrown.code) : String(thrown)

/** All or nothing: a reader sees the old file or the whole new one, also when we die in between. */
export const writeWhole = async (file: string, text: string): Promise<void> => {
  const draft = `${file}.${randomBytes(4).toString('hex')}.tmp`
  try {
    await mkdir(dirname(file), { recursive: true })
    await writeFile(draft, text)
    await rename(draft, file)
  } catch (cause) {
    await rm(draft, { force: true }).catch(() => undefined)
    throw fault('E_CANNOT_WRITE', { dir: dirname(file), problem: problemOf(cause) }, { cause })
  }
}

export const appendLine = (file: string, line: string): Promise<void> => appendFile(file, `${line}\n`)

/** Makes the folder, and finds out now, not at the end of a proof, that nothing can be written there. */
export const ensureWritable = async (dir: string): Promise<void> => {
  try {
    await mkdir(dir, { recursive: true })
    await access(dir, constants.W_OK)
  } catch (cause) {
    throw fault('E_CANNOT_WRITE', { dir, problem: await deniedAbove(dir, cause) }, { cause })
  }
}

/** Below a read-only place, making a folder fails as if the place were not there: ask that place itself. */
const deniedAbove = async (dir: string, cause: unknown): Promise<string> => {
  const above = dirname(dir)
  if (problemOf(cause) !== 'ENOENT' || above === dir) return problemOf(cause)
  return access(above, constants.W_OK).then(
    () => problemOf(cause),
    (thrown: unknown) => deniedAbove(above, thrown),
  )
}
