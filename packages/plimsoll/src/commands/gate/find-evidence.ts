import { readFileSync } from 'node:fs'
import { listRuns } from '../../engine/runs/locate-run.ts'
import { readRun } from '../../engine/runs/read-run.ts'
import type { Run } from '../../model/run.ts'

const MOST_READ = 30

/** Runs are large: the text alone tells whether one may be of a tree. */
const mayHold = (file: string, word: string): boolean => {
  try {
    return readFileSync(file, 'utf8').includes(word)
  } catch {
    return false
  }
}

const read = (file: string): Run[] => {
  try {
    return [readRun(file)]
  } catch {
    return []
  }
}

/** Saved Runs that hold a word, those of the first folder first, newest first. */
const runsWith = (dirs: readonly string[], word: string): Run[] =>
  [...new Set(dirs)]
    .flatMap((dir) => listRuns(dir).slice(0, MOST_READ))
    .filter(({ file }) => mayHold(file, `"${word}"`))
    .flatMap(({ file }) => read(file))

/** Saved Runs of one tree, newest first. */
export const runsOfTree = (dirs: readonly string[], tree: string): Run[] =>
  tree === '' ? [] : runsWith(dirs, tree).filter((run) => run.tree === tree)

/** The newest Run of the state that the work began with: of its tree, else of its commit with nothing changed. */
export const baselineOf = (
  dirs: readonly string[],
  start: { hash: string; commit: string | null },
): Run | null => {
  const { hash, commit } = start
  const [same] = runsOfTree(dirs, hash)
  if (same !== undefined || commit === null) return same ?? null
  return runsWith(dirs, commit).find(({ system }) => system.commit === commit && !system.dirty) ?? null
}
