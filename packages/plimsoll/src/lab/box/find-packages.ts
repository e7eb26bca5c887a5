import type { Dirent } from 'node:fs'
import { readdir, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { pythonBelow } from '../../instruments/sandbox/system-mounts.ts'

const PASSED_OVER = new Set(['.git', '.plimsoll', '__pycache__', 'target', 'dist', 'build'])
const DEEPEST = 6
const PACKAGES = /^.*?\/node_modules(?=\/|$)/

const entriesOf = (dir: string): Promise<Dirent[]> => readdir(dir, { withFileTypes: true }).catch(() => [])

/**
 * A link may be planted that leads anywhere: only where it ends among packages is what lies there shown, and then all
 * of it, because packages find each other by their places.
 */
const packagesAt = async (path: string): Promise<string[]> => {
  const end = await realpath(path).catch(() => '')
  const found = PACKAGES.exec(end)
  return found === null ? [] : [found[0]]
}

/** Absolute folders in which the packages of one `node_modules` are in truth; none where it is not there. */
export const packagesOf = async (folder: string): Promise<string[]> => {
  const found = await Promise.all(
    (await entriesOf(folder)).map(async (entry) => {
      const path = join(folder, entry.name)
      if (entry.isSymbolicLink()) return packagesAt(path)
      if (!entry.isDirectory() || !entry.name.startsWith('@')) return []
      const links = (await entriesOf(path)).filter((child) => child.isSymbolicLink())
      return (await Promise.all(links.map((child) => packagesAt(join(path, child.name))))).flat()
    }),
  )
  return [...(await packagesAt(folder)), ...found.flat()]
}

/**
 * Absolute folders that hold what the packages of a folder lead to: other `node_modules`, and what virtual
 * environments are made from. The folder's own are among them.
 */
export const findPackages = async (dir: string, depth = 0): Promise<string[]> => {
  const entries = await entriesOf(dir)
  const found = entries.map(async (entry) => {
    const path = join(dir, entry.name)
    if (entry.name === 'node_modules') return packagesOf(path)
    const base = pythonBelow(path)
    if (base !== null) return [await realpath(path), base]
    const enter = entry.isDirectory() && depth < DEEPEST && !PASSED_OVER.has(entry.name)
    return enter ? findPackages(path, depth + 1) : []
  })
  return [...new Set((await Promise.all(found)).flat())]
}
