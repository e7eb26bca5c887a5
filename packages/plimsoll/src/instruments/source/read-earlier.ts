import { resolveCommit } from './export-commit.ts'
import { git } from './git.ts'
import type { Earlier } from './project.ts'

const DEFAULT_BRANCHES = ['origin/HEAD', 'origin/main', 'origin/master', 'main', 'master']

/** A commit, and what it was called. */
export type Base = { commit: string; ref: string }

/** Where this branch left the default one; null where there is none, or no repository. */
const forkPoint = async (dir: string): Promise<Base | null> => {
  for (const ref of DEFAULT_BRANCHES) {
    if ((await resolveCommit(dir, ref)) === null) continue
    const commit = (await git(dir, ['merge-base', 'HEAD', ref]))?.trim()
    return commit === undefined || commit === '' ? null : { commit, ref }
  }
  return null
}

/** On the default branch itself: the last commit where the file has been changed since, else the one before. */
const lastCommit = async (dir: string, file: string): Promise<Base | null> => {
  const changes = await git(dir, ['status', '--porcelain', '--', file])
  const ref = changes === null || changes.trim() === '' ? 'HEAD~1' : 'HEAD'
  const commit = await resolveCommit(dir, ref)
  return commit === null ? null : { commit, ref }
}

const baseOf = async (dir: string, file: string): Promise<Base | null> => {
  const head = await resolveCommit(dir, 'HEAD')
  if (head === null) return null
  const fork = await forkPoint(dir)
  return fork === null || fork.commit === head ? lastCommit(dir, file) : fork
}

/**
 * The text of a file at a commit, or where the branch left the default one when none is named; null where there is
 * no such thing.
 */
export const readEarlier = async (dir: string, file: string, ref?: string): Promise<Earlier | null> => {
  const named = ref === undefined ? null : await resolveCommit(dir, ref)
  const base = ref === undefined ? await baseOf(dir, file) : named === null ? null : { commit: named, ref }
  if (base === null) return null
  const text = await git(dir, ['show', `${base.commit}:./${file}`])
  return text === null ? null : { text, ...base }
}
