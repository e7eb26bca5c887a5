import { mkdir, rm } from 'node:fs/promises'
import { dirname, sep } from 'node:path'
import { git } from './git.ts'

/** The folder's repository: its top, absolute, and the folder as a path below it (`` for the top). */
export const findRepository = async (dir: string): Promise<{ top: string; below: string } | null> => {
  const top = (await git(dir, ['rev-parse', '--show-toplevel']))?.trim()
  const below = (await git(dir, ['rev-parse', '--show-prefix']))?.trim()
  return top === undefined || top === '' || below === undefined
    ? null
    : { top, below: below.replace(/\/$/, '') }
}

/** The commit that a word stands for: a branch, a tag, `HEAD~2`; null where it stands for none. */
export const resolveCommit = async (dir: string, word: string): Promise<string | null> =>
  (await git(dir, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${word}^{commit}`]))?.trim() ??
  null

const EXPORT_MS = 120_000

/**
 * Writes every file of a commit into a new folder. The repository, its index and its working tree stay as they are;
 * submodules stay empty.
 * @param to absolute; must not exist
 * @returns false when git fails
 */
export const exportCommit = async (top: string, commit: string, to: string): Promise<boolean> => {
  await mkdir(dirname(to), { recursive: true })
  const options = { env: { GIT_INDEX_FILE: `${to}.index` }, timeoutMs: EXPORT_MS }
  try {
    if ((await git(top, ['read-tree', commit], options)) === null) return false
    const prefix = `--prefix=${to}${sep}`
    return (await git(top, ['checkout-index', '--all', '--quiet', prefix], options)) !== null
  } finally {
    await rm(`${to}.index`, { force: true })
  }
}
