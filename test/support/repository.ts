import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = join(dirname(fileURLToPath(import.meta.url)), '../..')

/** Text of a file of the repository. */
export const read = (file: string) => readFileSync(join(root, file), 'utf8')

/** Files that are tracked, or would be if added, relative to the root, sorted. */
export const files: readonly string[] = execFileSync(
  'git',
  ['ls-files', '-z', '--cached', '--others', '--exclude-standard'],
  { cwd: root, encoding: 'utf8', maxBuffer: 64 << 20 },
)
  .split('\0')
  .filter((file) => file !== '' && existsSync(join(root, file)))
  .sort()

export const isTest = (file: string) => /\.test\.tsx?$/.test(file)
