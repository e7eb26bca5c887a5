import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fault } from '../../base/errors/fault.ts'
import { findRepository, resolveCommit } from '../../instruments/source/export-commit.ts'
import { git } from '../../instruments/source/git.ts'
import type { Base } from '../../instruments/source/read-earlier.ts'

/** What the work is held against, and why that; a base of null is the beginning: everything is new. */
export type Since = { base: Base | null; why: string }

export type SinceOptions = {
  /** `--since` */
  given?: string | undefined
  /** when the host's session began, ISO 8601; null where nobody tells */
  startedAt: string | null
  /** commits that were proven whole, the newest proof first; asked only where git has no answer */
  proven(): Promise<readonly { commit: string; run: string }[]>
  now(): Date
}

/** Everything below the folder but what we keep there ourselves. */
const OURS = ['.', ':(exclude).plimsoll']
const DAY_MS = 86_400_000
const LOCAL_DEFAULTS = ['main', 'master']

const refuse = (message: string) => fault('E_USAGE', { message, command: 'plimsoll gate' })

const line = async (root: string, args: readonly string[]): Promise<string | null> => {
  const said = (await git(root, args))?.trim() ?? ''
  return said === '' ? null : said
}

const isAncestor = async (root: string, older: string, newer: string): Promise<boolean> =>
  (await git(root, ['merge-base', '--is-ancestor', older, newer])) !== null

/** Where this branch left the default one: a remote's, or the local one where this is another. */
const findFork = async (root: string): Promise<Base | null> => {
  const remotes = ((await git(root, ['remote'])) ?? '').split('\n').filter((name) => name !== '')
  const branch = await line(root, ['symbolic-ref', '--quiet', '--short', 'HEAD'])
  const locals = branch === null || LOCAL_DEFAULTS.includes(branch) ? [] : LOCAL_DEFAULTS
  const refs = [
    ...remotes.flatMap((remote) => ['HEAD', ...LOCAL_DEFAULTS].map((name) => `${remote}/${name}`)),
    ...locals,
  ]
  for (const ref of refs) {
    if ((await resolveCommit(root, ref)) === null) continue
    const commit = await line(root, ['merge-base', 'HEAD', ref])
    if (commit !== null) return { commit, ref }
  }
  return null
}

const lastBefore = (root: string, time: string) =>
  line(root, ['rev-list', '-1', '--first-parent', `--before=${time}`, 'HEAD'])

/** Where the host's session began; a day ago where nobody tells when that was. */
const findRecent = async (root: string, { startedAt, now }: SinceOptions): Promise<Since> => {
  const age = startedAt === null ? 'older than a day' : 'older than this session'
  const commit = await lastBefore(root, startedAt ?? new Date(now().getTime() - DAY_MS).toISOString())
  return commit === null
    ? { base: null, why: `no commit is ${age}, so that everything is new` }
    : { base: { commit, ref: 'HEAD' }, why: `the last commit that is ${age}` }
}

/** A proof of the session itself is no base: what it weakened before would not be seen. */
const findProven = async (
  root: string,
  recent: Base | null,
  options: SinceOptions,
): Promise<Since | null> => {
  if (recent === null) return null
  for (const { commit, run } of await options.proven())
    if (await isAncestor(root, commit, recent.commit))
      return { base: { commit, ref: 'HEAD' }, why: `the last commit that was proven whole (Run ${run})` }
  return null
}

/** What was pushed, or merged into the default branch, since the session began is its work, too. */
const beforePushed = async (root: string, fork: Base, options: SinceOptions): Promise<Since | null> => {
  if (options.startedAt === null) return null
  const recent = await findRecent(root, options)
  const commit = recent.base?.commit
  if (commit === undefined || commit === fork.commit) return null
  return (await isAncestor(root, commit, fork.commit)) ? recent : null
}

/**
 * What the work is held against: the commit that was named; else where this branch left the default one of the remote,
 * or the local one; else, on a default branch without a remote, the last commit that was proven whole before the host's
 * session began, or before the last day; else the last commit before that; else the beginning. Where the session has
 * pushed, its beginning goes before the fork.
 * @throws E_USAGE outside a repository, or for a name of nothing
 */
export const findSince = async (root: string, options: SinceOptions): Promise<Since> => {
  const { given } = options
  if ((await findRepository(root)) === null)
    throw refuse(
      'it is not in a git repository, so nothing tells what was changed; plimsoll prove proves it all',
    )
  if (given !== undefined) {
    const commit = await resolveCommit(root, given)
    if (commit === null) throw refuse(`--since: "${given}" is no commit, branch or tag`)
    return { base: { commit, ref: given }, why: 'named with --since' }
  }
  if ((await resolveCommit(root, 'HEAD')) === null)
    return { base: null, why: 'there is no commit yet, so that everything is new' }
  const fork = await findFork(root)
  if (fork !== null)
    return (
      (await beforePushed(root, fork, options)) ?? { base: fork, why: `where this branch left ${fork.ref}` }
    )
  const recent = await findRecent(root, options)
  return (await findProven(root, recent.base, options)) ?? recent
}

/** Git takes a file that it was told not to look at for unchanged, whatever it holds; one that is not there is sparse. */
const seesEverything = async (root: string): Promise<boolean> => {
  const listed = await git(root, ['ls-files', '-v', '-z', '--', ...OURS])
  const passedOver = (listed ?? '').split('\0').filter((row) => /^[a-zS] /.test(row))
  return listed !== null && !passedOver.some((row) => existsSync(join(root, row.slice(2))))
}

/** Whether the folder is as it was at that commit, with nothing beside it that git would keep. */
export const isUnchanged = async (root: string, { commit }: Base): Promise<boolean> => {
  const changed = await git(root, ['diff', '--name-only', '--relative', commit, '--', ...OURS])
  const added = await git(root, ['ls-files', '--others', '--exclude-standard', '--', ...OURS])
  return changed === '' && added === '' && (await seesEverything(root))
}
