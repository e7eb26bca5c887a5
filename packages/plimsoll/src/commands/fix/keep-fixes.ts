import { fault } from '../../base/errors/fault.ts'
import { git, readRevision } from '../../instruments/source/git.ts'
import { applyPatch } from '../../instruments/worktree/apply-patch.ts'
import type { Run } from '../../model/run.ts'
import { describeFix } from './describe-fix.ts'
import { combine, type Repair } from './save-fixes.ts'

const refuse = (message: string) => fault('E_USAGE', { message, command: 'plimsoll fix' })

/** @throws E_USAGE where a commit could take up what somebody else is working on */
export const checkClean = async (root: string): Promise<void> => {
  const { commit, dirty } = await readRevision(root)
  if (commit === null) throw refuse('--commit wants a git repository with a commit')
  if (dirty) throw refuse('--commit wants a clean tree: commit or put away what is changed first')
}

const MOVED = 'a file changed while the repairs were proved: nothing was written; start it again'

/** Writes everything that was proved into the working tree, or nothing. */
export const applyFixes = async (root: string, repairs: readonly Repair[]): Promise<void> => {
  if ((await applyPatch(root, combine(repairs))) === null) throw refuse(MOVED)
}

/** Whose name and which settings a commit has are in the user's own configuration. */
const identity = () => {
  const names = [
    'HOME',
    'XDG_CONFIG_HOME',
    'GIT_AUTHOR_NAME',
    'GIT_AUTHOR_EMAIL',
    'GIT_COMMITTER_NAME',
    'GIT_COMMITTER_EMAIL',
  ]
  return Object.fromEntries(
    names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  )
}

/**
 * One commit for each repair, on the current branch.
 * @returns commit by finding
 */
export const commitFixes = async (
  root: string,
  repairs: readonly Repair[],
  run: Run,
): Promise<ReadonlyMap<string, string>> => {
  await checkClean(root)
  const commits = new Map<string, string>()
  const env = identity()
  for (const { fixed, finding, changes } of repairs) {
    const applied = await applyPatch(root, changes)
    if (applied === null) throw refuse(MOVED)
    const files = changes.map(({ file }) => file)
    const added = await git(root, ['add', '--', ...files], { env })
    const message = describeFix(fixed, finding, run)
    const done =
      added === null ? null : await git(root, ['commit', '-q', '-m', message, '--', ...files], { env })
    if (done === null) {
      await git(root, ['reset', '-q', '--', ...files], { env })
      await applied.revert()
      throw refuse('git could not commit: is user.name set?')
    }
    commits.set(finding.id, (await readRevision(root)).commit ?? '')
  }
  return commits
}
