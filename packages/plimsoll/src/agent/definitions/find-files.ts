import { readdir, readFile, realpath, stat } from 'node:fs/promises'
import { isAbsolute, join, relative, sep } from 'node:path'
import { globMatcher } from '../../base/text/glob.ts'

/** A definition that is longer is no definition. */
export const MOST_BYTES = 512 * 1024
/** Folders of agents are shallow; a link that leads around in circles ends here. */
const DEEPEST = 6

const walk = async (root: string, dir: string, depth: number): Promise<string[]> => {
  if (depth > DEEPEST) return []
  const entries = await readdir(join(root, dir), { withFileTypes: true }).catch(() => [])
  const found = await Promise.all(
    entries.map(async (entry) => {
      const path = dir === '' ? entry.name : `${dir}/${entry.name}`
      if (entry.isDirectory()) return walk(root, path, depth + 1)
      return entry.isFile() || entry.isSymbolicLink() ? [path] : []
    }),
  )
  return found.flat()
}

/** Files below `root` that a glob means, sorted; paths with slashes, relative to the root. */
export const findFiles = async (root: string, glob: string): Promise<string[]> => {
  const fixed = glob.split('/').slice(0, -1)
  const until = fixed.findIndex((part) => part.includes('*'))
  const dir = (until === -1 ? fixed : fixed.slice(0, until)).join('/')
  if (!glob.includes('*')) return (await stat(join(root, glob)).catch(() => null))?.isFile() ? [glob] : []
  const isFlat = until === -1
  const files = isFlat
    ? (await readdir(join(root, dir)).catch(() => [])).map((name) => `${dir}/${name}`)
    : await walk(root, dir, 0)
  return files.filter(globMatcher(glob)).sort()
}

/** Whether a path stays inside a folder. */
export const isInside = (root: string, path: string): boolean => {
  const way = relative(root, path)
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}

const staysInside = async (root: string, path: string): Promise<boolean> => {
  const [folder, target] = await Promise.all([root, path].map((one) => realpath(one).catch(() => one)))
  return folder !== undefined && target !== undefined && isInside(folder, target)
}

export type FoundText = { text: string } | { problem: string; fix: string }

/**
 * The text of a file, or why it cannot be one of ours.
 * @param within folder that a link may not lead out of: what a repository brings along is not to show other files
 */
export const readText = async (path: string, within: string | null = null): Promise<FoundText> => {
  if (within !== null && !(await staysInside(within, path)))
    return { problem: 'It leads out of the workspace', fix: 'Put the file itself there, in place of a link.' }
  const found = await stat(path).catch(() => null)
  if (!found?.isFile()) return { problem: 'It cannot be read', fix: 'Correct the path, or its permissions.' }
  if (found.size > MOST_BYTES)
    return {
      problem: `It is longer than ${MOST_BYTES / 1024} KB`,
      fix: 'Keep what the agent needs in every task, and refer to the rest.',
    }
  const bytes = await readFile(path).catch(() => null)
  if (bytes === null) return { problem: 'It cannot be read', fix: 'Correct its permissions.' }
  if (bytes.includes(0)) return { problem: 'It is no text in UTF-8', fix: 'Save it as UTF-8.' }
  return { text: bytes.toString('utf8') }
}
