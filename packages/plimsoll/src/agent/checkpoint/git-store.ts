import { mkdir, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fault } from '../../base/errors/fault.ts'
import { parseJson } from '../../base/json/parse-json.ts'
import { git } from '../../instruments/source/git.ts'
import type { Change, SnapshotStore } from './store.ts'

const SLOW_MS = 120_000
const HEAD = 'refs/heads/steps'

/** Every byte as it is: no line ends, no filters, no key words, whatever the project's own attributes say. */
const ATTRIBUTES = '* -text -filter -ident -working-tree-encoding !eol !diff\n'

const WHO = {
  GIT_AUTHOR_NAME: 'plimsoll',
  GIT_AUTHOR_EMAIL: 'plimsoll@localhost',
  GIT_COMMITTER_NAME: 'plimsoll',
  GIT_COMMITTER_EMAIL: 'plimsoll@localhost',
}

const HOW: Readonly<Record<string, Change['how']>> = { A: 'added', D: 'removed' }

type Last = { commit: string; tree: string; left: readonly string[] }

const listOf = (texts: readonly string[]) => texts.map((text) => `${text}\0`).join('')

/** The environment in which git sees a directory of ours, and no configuration but its own. */
export const environmentOf = (root: string, dir: string): Readonly<Record<string, string>> => ({
  GIT_DIR: dir,
  GIT_WORK_TREE: root,
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
})

/**
 * A bare git directory of our own at `dir`, made where it is not there.
 * @returns null where git is not installed
 */
export const openGitStore = async (root: string, dir: string): Promise<SnapshotStore | null> => {
  const env = environmentOf(root, dir)
  await mkdir(dir, { recursive: true })
  const run = async (
    args: readonly string[],
    more: { input?: string; env?: Record<string, string> } = {},
  ) => {
    const said = await git(root, ['-c', 'core.quotePath=off', ...args], {
      timeoutMs: SLOW_MS,
      ...more,
      env: { ...env, ...more.env },
    })
    if (said === null) throw fault('E_CANNOT_WRITE', { dir, problem: `git ${args[0]} failed` })
    return said
  }
  const isMade = await stat(join(dir, 'HEAD')).catch(() => null)
  const start = ['init', '--quiet', '--bare', '--template=', dir]
  if (isMade === null && (await git(dir, start, { env: { GIT_CONFIG_NOSYSTEM: '1' } })) === null) return null
  await mkdir(join(dir, 'info'), { recursive: true })
  await writeFile(join(dir, 'info/attributes'), ATTRIBUTES)
  // Nobody else writes this directory: a lock that is there is one that a crash left.
  await rm(join(dir, 'index.lock'), { force: true })
  let last: Last | null = null

  const describe = async (snapshot: string): Promise<Last | null> => {
    const shown = await git(root, ['show', '--no-patch', '--format=%H%n%T%n%B', snapshot], { env })
    const [commit = '', tree = '', ...body] = (shown ?? '').split('\n')
    const said = parseJson(body.join('\n'))
    const left = typeof said === 'object' && said !== null && 'left' in said ? said.left : []
    return shown === null ? null : { commit, tree, left: Array.isArray(left) ? left.map(String) : [] }
  }
  const writeTree = async (files: readonly string[]): Promise<string> => {
    const kept = new Set(files)
    const known = (await run(['ls-files', '-z', '--cached'])).split('\0').filter((file) => file !== '')
    const gone = known.filter((file) => !kept.has(file))
    if (gone.length > 0)
      await run(['update-index', '-z', '--force-remove', '--stdin'], { input: listOf(gone) })
    await run(['update-index', '-z', '--add', '--remove', '--replace', '--stdin'], { input: listOf(files) })
    return (await run(['write-tree'])).trim()
  }
  return {
    save: async ({ files, left }, note) => {
      const tree = await writeTree(files).catch(async () => {
        await rm(join(dir, 'index'), { force: true })
        return writeTree(files)
      })
      const names = left.map(({ file }) => file)
      last ??= await describe(HEAD)
      if (last?.tree === tree && last.left.join('\0') === names.join('\0')) return last.commit
      const parents = last === null ? [] : ['-p', last.commit]
      const message = { input: JSON.stringify({ note, left: names }), env: WHO }
      const commit = (await run(['commit-tree', tree, ...parents, '-F', '-'], message)).trim()
      await run(['update-ref', HEAD, commit])
      last = { commit, tree, left: names }
      return commit
    },
    changes: async (from, to) => {
      const fields = (await run(['diff-tree', '-r', '-z', '--no-renames', '--name-status', from, to])).split(
        '\0',
      )
      const found: Change[] = []
      for (let at = 0; at + 1 < fields.length; at += 2) {
        found.push({ file: fields[at + 1] ?? '', how: HOW[fields[at] ?? ''] ?? 'changed' })
      }
      return found
    },
    leftOut: async (snapshot) => (await describe(snapshot))?.left ?? [],
    put: async (snapshot, files) => {
      const apart = { GIT_INDEX_FILE: join(dir, 'restore-index') }
      await run(['read-tree', snapshot], { env: apart })
      await run(['checkout-index', '--force', '--quiet', '-z', '--stdin'], {
        input: listOf(files),
        env: apart,
      })
    },
    read: (snapshot, file) => git(root, ['cat-file', 'blob', `${snapshot}:${file}`], { env }),
    diff: (from, to) =>
      run(['diff', '--no-ext-diff', '--no-textconv', '--no-color', '--find-renames', from, to]),
  }
}
