import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { isLeftOut } from './list-files.ts'

/** What an app may load although no listing of its sources has it. */
type Unlisted = {
  /** symbolic links, relative */
  links: readonly string[]
  /** code and variables that git ignores, relative */
  files: readonly string[]
}

const LOADED = /\.(?:[cm]?[jt]sx?|py|sql)$|(?:^|\/)\.env(?:\.[\w.-]+)?$/
/** A folder with more is no source, whatever it is called. */
const MOST_FILES = 20_000

const entriesOf = (dir: string): Dirent[] => {
  try {
    return readdirSync(dir, { withFileTypes: true })
  } catch {
    return []
  }
}

/**
 * Walks a folder for links, and for code that is not among the listed files. Follows no link; what was installed or
 * built is left out, as it is from the listing.
 */
export const listUnlisted = (root: string, listed: ReadonlySet<string>): Unlisted => {
  const links: string[] = []
  const files: string[] = []
  let count = 0
  const walk = (dir: string) => {
    for (const entry of entriesOf(join(root, dir))) {
      count += 1
      if (count > MOST_FILES || isLeftOut(entry.name)) continue
      const file = dir === '' ? entry.name : `${dir}/${entry.name}`
      if (entry.isSymbolicLink()) links.push(file)
      else if (entry.isDirectory()) walk(file)
      else if (entry.isFile() && LOADED.test(file) && !listed.has(file)) files.push(file)
    }
  }
  walk('')
  return { links, files }
}

const isBelow = (root: string, path: string) => {
  const inside = relative(root, path)
  return !inside.startsWith('..') && !inside.split(/[\\/]/).some(isLeftOut)
}

/**
 * Absolute paths of the files whose content a link stands for: the file it leads to, or the code in a folder that is
 * no part of the root's sources. Empty where those are listed themselves, or where it leads nowhere.
 */
export const behindLink = (root: string, file: string): readonly string[] => {
  try {
    const target = realpathSync(join(root, file))
    const stat = statSync(target)
    if (stat.isFile()) return [target]
    if (!stat.isDirectory() || isBelow(realpathSync(root), target)) return []
    return listUnlisted(target, new Set()).files.map((path) => join(target, path))
  } catch {
    return []
  }
}
