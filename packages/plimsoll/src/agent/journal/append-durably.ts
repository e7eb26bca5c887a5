import { type FileHandle, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fault } from '../../base/errors/fault.ts'

export type Appender = { append(line: string): Promise<void>; close(): Promise<void> }

/**
 * Lines at the end of a file, each on the disk before its promise is kept, in the order in which they were given.
 * @param isOpenEnded the file ends in the middle of a line
 * @throws E_CANNOT_WRITE from `append`; the next line starts afresh
 */
export const openAppender = async (file: string, isOpenEnded: boolean): Promise<Appender> => {
  const handle = await open(file, 'a')
  let isTorn = isOpenEnded
  let last: Promise<void> = Promise.resolve()
  const write = async (line: string) => {
    const bytes = Buffer.from(`${isTorn ? '\n' : ''}${line}\n`)
    try {
      isTorn = true
      await writeAll(handle, bytes)
      await handle.datasync()
      isTorn = false
    } catch (cause) {
      throw fault('E_CANNOT_WRITE', { dir: dirname(file), problem: String(cause) }, { cause })
    }
  }
  return {
    append: (line) => {
      last = last.catch(() => undefined).then(() => write(line))
      return last
    },
    close: async () => {
      await last.catch(() => undefined)
      await handle.close()
    },
  }
}

/** One call where the system takes it at once: that is what keeps a line whole. */
const writeAll = async (handle: FileHandle, bytes: Buffer): Promise<void> => {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await handle.write(bytes, done)
    done += bytesWritten
  }
}
