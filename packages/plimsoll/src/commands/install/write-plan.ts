import { rmdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Fault, fault } from '../../base/errors/fault.ts'
import { canWrite } from '../../instruments/files/can-write.ts'
import type { Files } from '../../instruments/workspace/files.ts'
import type { PlannedFile } from './plan-install.ts'
import { type InstallRecord, RECORD_FILE } from './record.ts'

const refuse = (file: string, problem: string, cause?: unknown) =>
  fault(
    'E_NOT_INSTALLED',
    {
      problem: `${file} cannot be written (${problem})`,
      mend: 'Make that folder writable; then run it again.',
    },
    { cause },
  )

const put = async (files: Files, file: string, text: string | null): Promise<void> => {
  if (text === null) await files.remove(file)
  else await files.write(file, text)
}

/** Removes folders that were made for us, if nothing is in them. */
const removeEmpty = async (files: Files, folders: readonly string[]) => {
  for (const folder of folders) await rmdir(join(files.root, folder)).catch(() => undefined)
}

const recordText = (record: InstallRecord): string | null =>
  Object.keys(record).length === 0 ? null : `${JSON.stringify(record, null, 2)}\n`

/**
 * Writes all of a plan, or nothing: what was written before something fails is put back.
 * @throws E_NOT_INSTALLED
 */
export const writePlan = async (
  files: Files,
  planned: readonly PlannedFile[],
  record: { before: string | null; after: InstallRecord },
): Promise<void> => {
  const changes = [
    ...planned.map(({ file, before, after }) => ({ file, before, after })),
    { file: RECORD_FILE, before: record.before, after: recordText(record.after) },
  ].filter(({ before, after }) => before !== after)
  for (const { file } of changes)
    if (!(await canWrite(join(files.root, dirname(file))))) throw refuse(file, 'the folder is read-only')
  const done: typeof changes = []
  try {
    for (const change of changes) {
      await put(files, change.file, change.after)
      done.push(change)
    }
  } catch (thrown) {
    for (const { file, before } of done.reverse()) await put(files, file, before)
    const problem = thrown instanceof Fault ? String(thrown.details.problem) : String(thrown)
    throw refuse(changes[done.length]?.file ?? '', problem, thrown)
  }
  await removeEmpty(files, [...planned.flatMap(({ emptied }) => emptied), dirname(RECORD_FILE)])
}
