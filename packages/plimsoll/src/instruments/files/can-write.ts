import { access, constants } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Whether a folder can be written, or made where it does not exist yet. Makes nothing. */
export const canWrite = async (dir: string): Promise<boolean> => {
  const exists = await access(dir).then(
    () => true,
    () => false,
  )
  if (!exists) return dirname(dir) !== dir && canWrite(dirname(dir))
  return access(dir, constants.W_OK).then(
    () => true,
    () => false,
  )
}
