import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fault } from '../../base/errors/fault.ts'
import { findRepository, resolveCommit } from '../../instruments/source/export-commit.ts'
import { git } from '../../instruments/source/git.ts'
import { type Base, forkPoint } from '../../instruments/source/read-earlier.ts'

/** Everything below the folder but what we keep there ourselves. */
const OURS = ['.', ':(exclude).plimsoll']

const refuse = (message: string) => fault('E_USAGE', { message, command: 'plimsoll gate' })

/**
 * What the work is held against: the commit that was named, or where this branch left the default one, or the last
 * commit. Null in a repository that has none yet: there, everything is new.
 * @throws E_USAGE outside a repository, or for a name of nothing
 */
export const findSince = async (root: string, given?: string): Promise<Base | null> => {
  if ((await findRepository(root)) === null)
    throw refuse(
      'it is not in a git repository, so nothing tells what was changed; plimsoll prove proves it all',
    )
  if (given !== undefined) {
    const commit = await resolveCommit(root, given)
    if (commit === null) throw refuse(`--since: "${given}" is no commit, branch or tag`)
    return { commit, ref: given }
  }
  const head = await resolveCommit(root, 'HEAD')
  return head === null ? null : ((await forkPoint(root)) ?? { commit: head, ref: 'HEAD' })
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
