import { chmod, lstat, readdir, rm, rmdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { redact } from '../../base/text/redact.ts'
import type { Checkpoints } from './checkpoints.ts'
import { openCopyStore } from './copy-store.ts'
import { environmentOf, openGitStore } from './git-store.ts'
import { listWorkspace } from './list-workspace.ts'
import type { Change } from './store.ts'

export type OpenedCheckpoints = Omit<Checkpoints, 'restore'> & {
  /** what `restore` would do to the files as they are now */
  preview(snapshot: string): Promise<readonly Change[]>
  /** from one to the other */
  changes(from: string, to: string): Promise<readonly Change[]>
  /** @param only these files; all unless told */
  restore(snapshot: string, only?: readonly string[]): Promise<readonly string[]>
}

export type CheckpointsOptions = {
  /** absolute, symbolic links resolved */
  root: string
  /** folder of the session */
  dir: string
  /** sentences about files that are not kept, or could not be put back; each is told once */
  onNote?(text: string): void
  /** whether git may be used; default true */
  useGit?: boolean
}

const IGNORE = /(?:^|\/)\.gitignore$/

const modeOf = async (path: string) => {
  const stat = await lstat(path).catch(() => null)
  return stat?.isFile() === true ? stat.mode & 0o777 : null
}

/** Something that is not ours to remove stands where the file has to go: an ignored one. */
const isBlocked = async (root: string, file: string): Promise<boolean> => {
  const parts = file.split('/')
  for (let depth = 1; depth < parts.length; depth += 1) {
    const stat = await lstat(join(root, ...parts.slice(0, depth))).catch(() => null)
    if (stat === null) return false
    if (!stat.isDirectory()) return true
  }
  return (await readdir(join(root, file)).catch(() => [])).length > 0
}

const removeFile = async (root: string, file: string): Promise<void> => {
  await rm(join(root, file), { force: true })
  for (let dir = dirname(file); dir !== '.'; dir = dirname(dir)) {
    const isGone = await rmdir(join(root, dir)).then(
      () => true,
      () => false,
    )
    if (!isGone) return
  }
}

/** States of the workspace below the session's folder: in a git directory of our own, or copied where git is missing. */
export const openCheckpoints = async (options: CheckpointsOptions): Promise<OpenedCheckpoints> => {
  const { root, dir, onNote = () => undefined, useGit = true } = options
  const gitDir = join(dir, 'files.git')
  const ours = useGit ? await openGitStore(root, gitDir) : null
  const store = ours ?? (await openCopyStore(root, join(dir, 'files')))
  const told = new Set<string>()
  const tell = (text: string) => {
    if (!told.has(text)) onNote(text)
    told.add(text)
  }
  let last: string | null = null

  const save = async (note: string): Promise<string> => {
    const workspace = await listWorkspace(root, ours === null ? null : environmentOf(root, gitDir))
    for (const { file, why } of workspace.left) tell(`${file} is not kept for undo: ${why}.`)
    return store.save(workspace, redact(note))
  }
  /** What was there then and was not kept must not be taken for new. */
  const preview = async (snapshot: string): Promise<Change[]> => {
    const now = await save('before going back')
    const then = new Set(await store.leftOut(snapshot))
    const changes = await store.changes(now, snapshot)
    return changes.filter(({ file, how }) => how !== 'removed' || !then.has(file))
  }
  const put = async (snapshot: string, files: readonly string[]) => {
    if (files.length === 0) return []
    const modes = new Map<string, number | null>()
    for (const file of files) {
      if (await isBlocked(root, file)) tell(`${file} was not put back: an ignored file is in its place.`)
      else modes.set(file, await modeOf(join(root, file)))
    }
    await store.put(snapshot, [...modes.keys()])
    for (const [file, before] of modes) {
      const now = await modeOf(join(root, file))
      if (before === null || now === null) continue
      const executable = (now & 0o100) === 0 ? before & ~0o111 : before | (now & 0o111)
      if (executable !== now) await chmod(join(root, file), executable)
    }
    return [...modes.keys()]
  }
  return {
    take: async (note) => {
      const before = last
      const snapshot = await save(note)
      last = snapshot
      if (before === null || before === snapshot) return { snapshot, changed: [] }
      return { snapshot, changed: (await store.changes(before, snapshot)).map(({ file }) => file) }
    },
    preview,
    changes: (from, to) => store.changes(from, to),
    restore: async (snapshot, only) => {
      const wanted = only === undefined ? null : new Set(only)
      const wantedOf = async () => (await preview(snapshot)).filter(({ file }) => wanted?.has(file) ?? true)
      // What was ignored then is not new now because the file that said so is gone.
      const ignores = (await wantedOf()).filter(({ file, how }) => how !== 'removed' && IGNORE.test(file))
      const first = await put(
        snapshot,
        ignores.map(({ file }) => file),
      )
      const changes = await wantedOf()
      const gone = changes.filter(({ how }) => how === 'removed').map(({ file }) => file)
      for (const file of gone) await removeFile(root, file)
      const rest = changes.filter(({ how }) => how !== 'removed').map(({ file }) => file)
      const back = await put(snapshot, rest)
      last = await save('gone back')
      return [...first, ...gone, ...back].sort()
    },
    diff: async (from, to) => store.diff(from, to ?? (await save('as it is'))),
    read: (snapshot, file) => store.read(snapshot, file),
  }
}
