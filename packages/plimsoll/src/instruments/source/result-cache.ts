import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import type { Stamp } from './list-files.ts'
import type { Project } from './project.ts'
import { digestOf, type Trace, traces } from './trace.ts'

/** Below this many files, reading anew is as fast as remembering. */
const FEWEST_FILES = 200
const MOST_KEPT = 40
/** A file changed this shortly before we looked may change again within the clock's grain. */
const GRAIN_MS = 2_000

const Saved = z.object({
  savedAtMs: z.number(),
  program: z.string(),
  files: z.record(z.string(), z.tuple([z.number(), z.number(), z.number(), z.string()])),
  peeked: z.record(z.string(), z.string().nullable()),
  result: z.unknown(),
})
type Saved = z.infer<typeof Saved>

export type ResultCache = {
  /** what was saved for exactly this content, by exactly this program; null when anything differs */
  find(): unknown
  /** never throws: without a place to write, nothing is remembered */
  save(result: unknown): void
}

const NOTHING: ResultCache = { find: () => null, save: () => {} }

const cacheDir = () => join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'plimsoll', 'survey')

/** Changes whenever our own code does, in a checkout as in an installed package. */
const programDigest = (): string => {
  const home = fileURLToPath(new URL('../../..', import.meta.url))
  const here = fileURLToPath(new URL('../..', import.meta.url))
  const files = readdirSync(here, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
  const stamps = [join(home, 'package.json'), ...files].sort().map((file) => {
    const { size, mtimeMs } = statSync(file)
    return `${file} ${size} ${mtimeMs}`
  })
  return digestOf(stamps.join('\n'))
}

const digestFile = (root: string, file: string): string => {
  try {
    return digestOf(readFileSync(join(root, file)))
  } catch {
    return ''
  }
}

const sameStamp = (stamp: Stamp, [size, mtimeMs, inode]: readonly [number, number, number, string]) =>
  stamp.size === size && stamp.mtimeMs === mtimeMs && stamp.inode === inode

const isCurrent = (project: Project, trace: Trace, saved: Saved): boolean => {
  const names = Object.keys(saved.files)
  if (names.length !== trace.stamps.size || saved.program !== programDigest()) return false
  for (const [file, stamp] of trace.stamps) {
    const before = Object.hasOwn(saved.files, file) ? saved.files[file] : undefined
    if (before === undefined) return false
    const settled = stamp.mtimeMs < saved.savedAtMs - GRAIN_MS
    if (settled && sameStamp(stamp, before)) continue
    if (stamp.size !== before[0] || digestFile(project.root, file) !== before[3]) return false
  }
  return Object.entries(saved.peeked).every(([file, digest]) => {
    const text = project.peek(file)
    return (text === null ? null : digestOf(text)) === digest
  })
}

const readSaved = (path: string): Saved | null => {
  try {
    return Saved.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    return null
  }
}

const prune = (dir: string) => {
  const kept = readdirSync(dir)
    .map((name) => ({ path: join(dir, name), mtimeMs: statSync(join(dir, name)).mtimeMs }))
    .sort((left, right) => right.mtimeMs - left.mtimeMs)
  for (const { path } of kept.slice(MOST_KEPT)) rmSync(path, { force: true })
}

const write = (project: Project, trace: Trace, path: string, result: unknown) => {
  const files: Saved['files'] = {}
  for (const [file, { size, mtimeMs, inode }] of trace.stamps) {
    const digest = trace.digests.get(file) ?? digestFile(project.root, file)
    files[file] = [size, mtimeMs, inode, digest]
  }
  const saved: Saved = {
    savedAtMs: Date.now(),
    program: programDigest(),
    files,
    peeked: Object.fromEntries(trace.peeked),
    result,
  }
  mkdirSync(cacheDir(), { recursive: true, mode: 0o700 })
  const part = `${path}.${process.pid}.part`
  writeFileSync(part, JSON.stringify(saved), { mode: 0o600 })
  renameSync(part, path)
  prune(cacheDir())
}

/**
 * Remembers one result of reading a whole project, by the content of every file in it (size, time and inode first,
 * a hash where these differ) and of every path that was peeked at.
 */
export const openResultCache = (project: Project): ResultCache => {
  const trace = traces.get(project)
  if (trace === undefined || trace.stamps.size < FEWEST_FILES) return NOTHING
  const path = join(cacheDir(), `${digestOf(project.root).replace(/\W/g, '')}.json`)
  return {
    find: () => {
      try {
        const saved = readSaved(path)
        return saved !== null && isCurrent(project, trace, saved) ? saved.result : null
      } catch {
        return null
      }
    },
    save: (result) => {
      if (trace.unstable === true) return
      try {
        write(project, trace, path, result)
      } catch {
        // A cache that cannot be written is no reason to fail.
      }
    },
  }
}
