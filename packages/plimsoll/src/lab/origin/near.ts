import { posix } from 'node:path'
import type { Project } from '../../instruments/source/project.ts'

const IMPORTED = /(?:from|import|require\s*\()\s*\(?\s*['"](\.{1,2}\/[^'"]*|\.{1,2})['"]/g
const ENDINGS = ['', '.ts', '.js', '.mts', '.mjs', '.cts', '.cjs', '.tsx', '.jsx']
const INDEXES = ENDINGS.slice(1).map((ending) => `/index${ending}`)

/** The file that a relative import means; TypeScript sources import the `.js` they will become. */
const fileOf = (project: Project, from: string, specifier: string): string | null => {
  const path = posix.normalize(posix.join(posix.dirname(from), specifier)).replace(/\/$/, '')
  const stem = path.replace(/\.[cm]?jsx?$/, '')
  const candidates = [
    path,
    ...ENDINGS.map((ending) => stem + ending),
    ...INDEXES.map((index) => path + index),
  ]
  return candidates.find((candidate) => project.exists(candidate)) ?? null
}

const importsOf = (project: Project, file: string): string[] =>
  [...(project.text(file) ?? '').matchAll(IMPORTED)].flatMap(([, specifier]) => {
    const found = specifier === undefined ? null : fileOf(project, file, specifier)
    return found === null ? [] : [found]
  })

/** How many imports away from a file each other one is; files that it does not reach are left out. */
export const importDistances = (project: Project, start: string): ReadonlyMap<string, number> => {
  const distances = new Map([[start, 0]])
  for (const [file, distance] of distances)
    for (const next of importsOf(project, file)) if (!distances.has(next)) distances.set(next, distance + 1)
  return distances
}

/** Folders that two files have in common. */
export const sharedFolders = (one: string, other: string): number => {
  const [a, b] = [posix.dirname(one).split('/'), posix.dirname(other).split('/')]
  const apart = a.findIndex((part, index) => part !== b[index])
  return apart === -1 ? a.length : apart
}
