import { readFile } from 'node:fs/promises'
import { parseJson } from '../../base/json/parse-json.ts'
import type { Entry } from './journal.ts'

export type ReadJournal = {
  /** in the order in which they were written */
  entries: readonly Entry[]
  /** lines that were passed over, counted from 1: a crash cut them short */
  torn: readonly number[]
  /** the last line has no end: the next one must not be written onto it */
  isOpenEnded: boolean
}

const isText = (value: unknown): value is string => typeof value === 'string'

const isEntry = (value: unknown): value is Entry =>
  typeof value === 'object' &&
  value !== null &&
  'id' in value &&
  isText(value.id) &&
  'at' in value &&
  isText(value.at) &&
  'kind' in value &&
  isText(value.kind) &&
  'parent' in value &&
  (value.parent === null || isText(value.parent))

/** What a journal file holds; an entry whose parent is not there is passed over as well. Empty where there is no file. */
export const readJournal = async (file: string): Promise<ReadJournal> => {
  const text = await readFile(file, 'utf8').catch(() => '')
  const lines = text.split('\n')
  const known = new Set<string>()
  const entries: Entry[] = []
  const torn: number[] = []
  for (const [index, line] of lines.entries()) {
    if (line === '') continue
    const entry = parseJson(line)
    if (isEntry(entry) && (entry.parent === null || known.has(entry.parent))) {
      known.add(entry.id)
      entries.push(entry)
    } else torn.push(index + 1)
  }
  return { entries, torn, isOpenEnded: text !== '' && !text.endsWith('\n') }
}

/** The entries from the first to the one named, by their parents. */
export const branchTo = (entries: readonly Entry[], head: string | null): Entry[] => {
  const byId = new Map(entries.map((entry) => [entry.id, entry]))
  const branch: Entry[] = []
  for (let at = head; at !== null; ) {
    const entry = byId.get(at)
    if (entry === undefined) break
    branch.push(entry)
    at = entry.parent
  }
  return branch.reverse()
}
