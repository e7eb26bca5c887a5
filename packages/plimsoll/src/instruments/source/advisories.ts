import { readdirSync, readFileSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { readZip } from './read-zip.ts'

/**
 * A local copy of an advisory database in the OSV format: a folder of JSON files (also nested, as GitHub publishes
 * them), zip archives of them (as osv.dev publishes them), or both.
 */
export type Advisories = {
  /**
   * The JSON texts that name one of these packages; a cheap search, so that the reader parses few. Reading stops, and
   * `complete` is false, once the signal aborts.
   */
  about(names: ReadonlySet<string>, signal: AbortSignal): { texts: string[]; read: number; complete: boolean }
}

const LARGEST_JSON_BYTES = 4 << 20
const LARGEST_ZIP_BYTES = 1 << 30
const NAME = /"name"\s*:\s*"([^"]+)"/g

const isAbout = (text: string, names: ReadonlySet<string>) => {
  for (const [, name = ''] of text.matchAll(NAME)) if (names.has(name)) return true
  return false
}

function* textsIn(path: string): Generator<string> {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat?.isDirectory()) {
    for (const name of readdirSync(path).sort()) if (!name.startsWith('.')) yield* textsIn(join(path, name))
  } else if (stat?.isFile() && path.endsWith('.json') && stat.size <= LARGEST_JSON_BYTES) {
    yield readFileSync(path, 'utf8')
  } else if (stat?.isFile() && path.endsWith('.zip') && stat.size <= LARGEST_ZIP_BYTES) {
    yield* readZip(readFileSync(path), '.json')
  }
}

const open = (path: string): Advisories => ({
  about(names, signal) {
    const texts: string[] = []
    let read = 0
    try {
      for (const text of textsIn(path)) {
        if (signal.aborted) return { texts, read, complete: false }
        read += 1
        if (isAbout(text, names)) texts.push(text)
      }
    } catch {
      return { texts, read, complete: false }
    }
    return { texts, read, complete: true }
  },
})

/**
 * `PLIMSOLL_ADVISORIES`, or `.advisories` of the project, or `plimsoll/advisories` of the user's cache; null where
 * there is none. Nothing is fetched.
 */
export const openAdvisories = (root: string): Advisories | null => {
  const given = process.env.PLIMSOLL_ADVISORIES
  const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache')
  const places = given ? [given] : [join(root, '.advisories'), join(cache, 'plimsoll', 'advisories')]
  const path = places.find((place) => statSync(place, { throwIfNoEntry: false }) !== undefined)
  return path === undefined ? null : open(path)
}
