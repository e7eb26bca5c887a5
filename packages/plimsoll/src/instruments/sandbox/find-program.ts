import { existsSync } from 'node:fs'
import { join } from 'node:path'

const FOLDERS = ['/usr/bin', '/bin', '/usr/sbin', '/sbin', '/usr/local/bin', '/run/current-system/sw/bin']

/**
 * Where a program of the system is; its name where it is in none of the system's folders. The PATH is not asked: it may
 * begin with a folder of the workspace, and what lies there must not take the place of what holds it.
 */
export const findProgram = (name: string): string =>
  FOLDERS.map((folder) => join(folder, name)).find((file) => existsSync(file)) ?? name

/** All that programs need that only make a place. */
export const SYSTEM_PATH = FOLDERS.join(':')
