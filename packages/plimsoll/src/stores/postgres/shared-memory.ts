import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ask } from '../../instruments/process/ask.ts'

/**
 * Gives the server's System V segment back to the system as soon as the last process of the server is gone. Without
 * this a killed server leaves 56 bytes behind for ever. Where there is no `ipcrm`, nothing is done.
 */
export const releaseOnExit = async (dataDir: string): Promise<void> => {
  const lock = await readFile(join(dataDir, 'postmaster.pid'), 'utf8').catch(() => '')
  const segment = lock.split('\n')[6]?.trim().split(/\s+/)[1]
  if (segment !== undefined && /^\d+$/.test(segment)) await ask('ipcrm', ['-m', segment], 5_000)
}
