import { createHash } from 'node:crypto'
import { lstatSync, readFileSync, readlinkSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { behindLink, listUnlisted } from './list-unlisted.ts'
import { openProject } from './open-project.ts'
import type { Project } from './project.ts'

/** Text about the work: no verdict depends on it. */
const ABOUT = /(?:^|\/)(?:LICEN[CS]E|NOTICE|AUTHORS|CHANGELOG|README)(?:\.\w+)?$|\.(?:md|mdx|rst|adoc)$/i

/** Whether a verdict may depend on a file: every one but text about the work. */
const matters = (file: string): boolean => !ABOUT.test(file) && !file.startsWith('.plimsoll/')

const digest = (content: string | Uint8Array) => createHash('sha256').update(content).digest('hex')

/** Content hash of a regular file; null where it cannot be read. */
const hashFile = (path: string): string | null => {
  try {
    return statSync(path).isFile() ? digest(readFileSync(path)) : null
  } catch {
    return null
  }
}

const LINK = 'link:'

/** Whether a hash is that of a symbolic link, and not of a file. */
export const isLinkHash = (hash: string | undefined): boolean => hash?.startsWith(LINK) === true

/** Whether two hashes are of links that lead to the same path, whatever is there. */
export const isSameTarget = (one: string | undefined, other: string | undefined): boolean =>
  isLinkHash(one) && one?.split(':')[1] === other?.split(':')[1]

/** Where a link leads, and what is there: its target may be another file, or say something else. */
const hashLink = (root: string, file: string): string | null => {
  try {
    const behind = behindLink(root, file).map((path) => hashFile(path) ?? '')
    return `${LINK}${digest(readlinkSync(join(root, file)))}:${digest(behind.join('\n'))}`
  } catch {
    return null
  }
}

/** Hash of one file or link; null where it is not there. */
export const hashOf = (root: string, file: string): string | null => {
  const isLink = lstatSync(join(root, file), { throwIfNoEntry: false })?.isSymbolicLink() === true
  return isLink ? hashLink(root, file) : hashFile(join(root, file))
}

/** Content hash of every file that matters, by path: also of code that git ignores, and of links. */
export const hashFiles = ({ root, files }: Pick<Project, 'root' | 'files'>): ReadonlyMap<string, string> => {
  const unlisted = listUnlisted(root, new Set(files))
  const kept = (file: string, hash: string | null): [string, string][] =>
    hash === null ? [] : [[file, hash]]
  return new Map([
    ...[...files, ...unlisted.files]
      .filter(matters)
      .flatMap((file) => kept(file, hashFile(join(root, file)))),
    ...unlisted.links.filter(matters).flatMap((file) => kept(file, hashLink(root, file))),
  ])
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
