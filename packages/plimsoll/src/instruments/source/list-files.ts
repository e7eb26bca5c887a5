import { execFileSync } from 'node:child_process'
import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CONFIG_FILES } from '../../model/config-files.ts'
import { SAFE } from './git.ts'
import { type IgnoreRules, readIgnoreRules } from './ignore-rules.ts'

/** A file as the file system knows it; enough to tell that it has not changed. */
export type Stamp = { size: number; mtimeMs: number; inode: number }

const INSTALLED = new Set([
  'node_modules',
  'bower_components',
  'jspm_packages',
  '.git',
  '.yarn',
  '.pnpm-store',
])
const BUILT = new Set([
  ...['dist', 'build', 'out', 'coverage', 'target', 'obj', '__pycache__', '.venv', 'venv', '.tox', '.gradle'],
  ...['.next', '.nuxt', '.output', '.svelte-kit', '.turbo', '.cache', '.parcel-cache', '.plimsoll', '.idea'],
])
const MINIFIED = /\.min\.(?:js|cjs|mjs|css)$/

/** Whether what is called so was installed or built, and is nobody's source. */
export const isLeftOut = (name: string): boolean => INSTALLED.has(name) || BUILT.has(name)

const installed = (file: string) => file.split('/').some((part) => INSTALLED.has(part))

const askGit = (root: string): string[] => {
  try {
    const output = execFileSync(
      'git',
      [...SAFE, '-c', 'core.quotepath=off', 'ls-files', '-z', '--cached', '--others', '--exclude-standard'],
      { cwd: root, encoding: 'utf8', maxBuffer: 1 << 29, stdio: ['ignore', 'pipe', 'ignore'] },
    )
    return output.split('\0').filter((file) => file !== '')
  } catch {
    return []
  }
}

const stampOf = (root: string, file: string): Stamp | 'folder' | null => {
  const stat = lstatSync(join(root, file), { throwIfNoEntry: false })
  if (stat?.isDirectory()) return 'folder'
  return stat?.isFile() ? { size: stat.size, mtimeMs: stat.mtimeMs, inode: stat.ino } : null
}

const readIgnoreFile = (root: string, dir: string) => {
  try {
    return readFileSync(join(root, dir, '.gitignore'), 'utf8')
  } catch {
    return ''
  }
}

/** Follows no symbolic link: what it leads to is either listed itself or lies outside. */
const walk = (root: string, dir: string, above: readonly IgnoreRules[], found: Map<string, Stamp>) => {
  const rules = [...above, readIgnoreRules(dir, readIgnoreFile(root, dir))]
  const ignored = (file: string, folder: boolean) =>
    rules.reduce<boolean>((verdict, rule) => rule(file, folder) ?? verdict, false)
  let entries: import('node:fs').Dirent[] = []
  try {
    entries = readdirSync(join(root, dir), { withFileTypes: true })
  } catch {
    return
  }
  for (const entry of entries) {
    const file = dir === '' ? entry.name : `${dir}/${entry.name}`
    if (entry.isDirectory()) {
      const skip = isLeftOut(entry.name) || ignored(file, true)
      if (!skip) walk(root, file, rules, found)
    } else if (entry.isFile() && !ignored(file, false)) {
      const stamp = stampOf(root, file)
      if (stamp !== null && stamp !== 'folder') found.set(file, stamp)
    }
  }
}

/**
 * Every file below `root` that is worth reading, with its stamp, sorted by path. Asks git where it answers
 * (tracked, and untracked but not ignored), otherwise walks with the `.gitignore` files found on the way.
 */
export const listFiles = (root: string): ReadonlyMap<string, Stamp> => {
  const found = new Map<string, Stamp>()
  for (const listed of askGit(root)) {
    const file = listed.replace(/\/$/, '')
    if (installed(file)) continue
    const stamp = stampOf(root, file)
    if (stamp === 'folder') walk(root, file, [], found)
    else if (stamp !== null) found.set(file, stamp)
  }
  if (found.size === 0) walk(root, '', [], found)
  // It decides what counts as proven, whether git ignores it or not.
  for (const file of CONFIG_FILES) {
    const stamp = stampOf(root, file)
    if (stamp !== null && stamp !== 'folder') found.set(file, stamp)
  }
  const kept = [...found].filter(([file]) => !MINIFIED.test(file))
  return new Map(kept.sort(([left], [right]) => (left < right ? -1 : 1)))
}
