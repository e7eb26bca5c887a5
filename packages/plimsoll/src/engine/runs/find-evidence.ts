import { readFileSync } from 'node:fs'
import type { Run } from '../../model/run.ts'
import { readSealedRun } from '../seal/seal.ts'
import { listRuns } from './locate-run.ts'

const MOST_READ = 30

/** Runs are large: the text alone tells whether one may be of a tree. */
const mayHold = (file: string, word: string): boolean => {
  try {
    return readFileSync(file, 'utf8').includes(word)
  } catch {
    return false
  }
}

/** Where Runs of a folder may be kept: `dirs` hold `.plimsoll/runs`, or `runsDir` below them. */
export type Places = { root: string; dirs: readonly string[]; runsDir?: string }

/** Sealed Runs that hold a word, those of the first folder first, newest first. */
const runsWith = ({ root, dirs, runsDir }: Places, word: string): Run[] =>
  [...new Set(dirs)]
    .flatMap((dir) => listRuns(dir, runsDir).slice(0, MOST_READ))
    .filter(({ file }) => mayHold(file, `"${word}"`))
    .flatMap(({ file }) => readSealedRun(file, root) ?? [])

/** Saved Runs of one tree that this engine wrote, newest first. What anybody else wrote there is no evidence. */
export const runsOfTree = (places: Places, tree: string): Run[] =>
  tree === '' ? [] : runsWith(places, tree).filter((run) => run.tree === tree)

/** The newest Run of the state that the work began with: of its tree, else of its commit with nothing changed. */
export const baselineOf = (places: Places, start: { hash: string; commit: string | null }): Run | null => {
  const { hash, commit } = start
  const [same] = runsOfTree(places, hash)
  if (same !== undefined || commit === null) return same ?? null
  return runsWith(places, commit).find(({ system }) => system.commit === commit && !system.dirty) ?? null
}
