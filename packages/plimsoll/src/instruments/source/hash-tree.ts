import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openProject } from './open-project.ts'
import type { Project } from './project.ts'

/** Text about the work: no verdict depends on it. */
const ABOUT = /(?:^|\/)(?:LICEN[CS]E|NOTICE|AUTHORS|CHANGELOG|README)(?:\.\w+)?$|\.(?:md|mdx|rst|adoc)$/i
/** Ignored by git, and read by apps all the same. */
const LOCAL = ['.env', '.env.local', '.env.test', '.env.development']

/** Whether a verdict may depend on a file: every one but text about the work. */
const matters = (file: string): boolean => !ABOUT.test(file) && !file.startsWith('.plimsoll/')

const digest = (content: string | Uint8Array) => createHash('sha256').update(content).digest('hex')

/** Content hash of a file that the project lists; null where it cannot be read. */
const hashFile = (root: string, file: string): string | null => {
  try {
    return digest(readFileSync(join(root, file)))
  } catch {
    return null
  }
}

/** Content hash of every file that matters, by path. */
export const hashFiles = ({ root, files }: Pick<Project, 'root' | 'files'>): ReadonlyMap<string, string> => {
  const all = [...files, ...LOCAL.filter((file) => !files.includes(file))].filter(matters)
  return new Map(
    all.flatMap((file): [string, string][] => {
      const hash = hashFile(root, file)
      return hash === null ? [] : [[file, hash]]
    }),
  )
}

/** One hash for all of them: equal only where every file that matters has the same path and content. */
export const hashTree = (hashes: ReadonlyMap<string, string>): string =>
  digest(
    [...hashes]
      .map(([file, hash]) => `${hash} ${file}`)
      .sort()
      .join('\n'),
  ).slice(0, 32)

/** The hash of a folder as it is now. */
export const treeHash = async (root: string): Promise<string> => hashTree(hashFiles(await openProject(root)))
