import { posix } from 'node:path'
import type { Project } from '../../../instruments/source/project.ts'

const ENDINGS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs', '.json']
const INDEXES = ENDINGS.map((ending) => `/index${ending}`)
/** TypeScript sources import the file they will become. */
const SOURCES: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx', '.js'],
  '.jsx': ['.tsx', '.jsx'],
  '.mjs': ['.mts', '.mjs'],
  '.cjs': ['.cts', '.cjs'],
}

/** The file that a path without certain ending means: itself, with an ending, or the index of a folder. */
export const findFile = (project: Project, path: string): string | null => {
  const ending = posix.extname(path)
  const stem = path.slice(0, path.length - ending.length)
  const candidates = [
    ...(SOURCES[ending] ?? []).map((other) => stem + other),
    path,
    ...ENDINGS.map((other) => path + other),
    ...(project.exists(`${path}/package.json`) ? mainOf(project, path) : []),
    ...INDEXES.map((index) => (path === '.' || path === '' ? index.slice(1) : path + index)),
  ]
  return candidates.find((candidate) => project.exists(candidate)) ?? null
}

const mainOf = (project: Project, dir: string): string[] => {
  const manifest = project.json(posix.join(dir, 'package.json'))
  const main = typeof manifest === 'object' && manifest !== null && 'main' in manifest ? manifest.main : null
  if (typeof main !== 'string') return []
  const path = posix.join(dir, main)
  return [
    path,
    ...ENDINGS.map((ending) => path + ending),
    ...ENDINGS.map((e) => posix.join(path, `index${e}`)),
  ]
}
