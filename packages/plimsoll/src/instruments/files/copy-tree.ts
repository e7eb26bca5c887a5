import { constants, type Dirent } from 'node:fs'
import { copyFile, lstat, mkdir, readdir, readFile, readlink, symlink } from 'node:fs/promises'
import { isAbsolute, join, relative as relativePath } from 'node:path'
import { type IgnoreRules, readIgnoreRules } from '../source/ignore-rules.ts'

/** Never needed by a running copy: history, our own output, caches that tools write anew. */
const LEFT_OUT = new Set([
  ...['.git', '.hg', '.svn', '.plimsoll', '.venv', 'venv', '__pycache__', '.pytest_cache', '.mypy_cache'],
  ...[
    '.ruff_cache',
    '.tox',
    '.cache',
    '.turbo',
    '.parcel-cache',
    '.nyc_output',
    '.idea',
    '.vscode',
    'coverage',
  ],
])

/** An ignored folder or file above this is somebody's data, not something the app needs to start. */
const IGNORED_BYTES = 64 * 1024 * 1024

export type CopyOptions = {
  /** called for each folder so named instead of copying it; paths are relative to the root */
  special: ReadonlyMap<string, (relative: string) => Promise<void>>
  signal: AbortSignal
}

const entriesOf = (dir: string): Promise<Dirent[]> => readdir(dir, { withFileTypes: true }).catch(() => [])

/** Bytes below a path, counted until `limit` is passed. */
const weigh = async (path: string, limit: number): Promise<number> => {
  const stat = await lstat(path).catch(() => null)
  if (stat === null || !stat.isDirectory()) return stat?.size ?? 0
  let bytes = 0
  for (const entry of await entriesOf(path)) {
    bytes += await weigh(join(path, entry.name), limit - bytes)
    if (bytes > limit) break
  }
  return bytes
}

/**
 * Copies a folder so that the original is never written: links stay links, ignored things above 64 MB are left out.
 * @returns what was left out for its size, relative to `from`
 */
export const copyTree = async (from: string, to: string, options: CopyOptions): Promise<string[]> => {
  const heavy: string[] = []
  const copyDir = async (relative: string, above: readonly IgnoreRules[]): Promise<void> => {
    options.signal.throwIfAborted()
    await mkdir(join(to, relative), { recursive: true })
    const own = await readFile(join(from, relative, '.gitignore'), 'utf8').catch(() => '')
    const rules = [...above, readIgnoreRules(relative, own)]
    const ignored = (path: string, folder: boolean) =>
      rules.reduce<boolean>((verdict, rule) => rule(path, folder) ?? verdict, false)
    // One that names its place in full would lead the copy's writes back into the original.
    const copyLink = async (path: string) => {
      const target = await readlink(join(from, path))
      const inside = relativePath(from, target)
      const ours = isAbsolute(target) && !inside.startsWith('..')
      await symlink(ours ? join(to, inside) : target, join(to, path))
    }
    const copyEntry = async (entry: Dirent) => {
      const path = relative === '' ? entry.name : `${relative}/${entry.name}`
      const special = options.special.get(entry.name)
      if (special !== undefined) return special(path)
      if (LEFT_OUT.has(entry.name)) return
      if (
        ignored(path, entry.isDirectory()) &&
        (await weigh(join(from, path), IGNORED_BYTES)) > IGNORED_BYTES
      ) {
        heavy.push(path)
      } else if (entry.isDirectory()) await copyDir(path, rules)
      else if (entry.isSymbolicLink()) await copyLink(path)
      else if (entry.isFile()) await copyFile(join(from, path), join(to, path), constants.COPYFILE_FICLONE)
    }
    const entries = await entriesOf(join(from, relative))
    await Promise.all(entries.filter((entry) => !entry.isDirectory()).map(copyEntry))
    for (const entry of entries) if (entry.isDirectory()) await copyEntry(entry)
  }
  await copyDir('', [])
  return heavy.sort()
}
