import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Run } from '../../model/run.ts'
import { readSealedRun } from '../seal/seal.ts'
import { BASELINES_DIR, listRuns, RUNS_DIR } from './locate-run.ts'

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
type Places = { root: string; dirs: readonly string[]; runsDir?: string }

/** Sealed Runs that hold a word, those of the first folder first, newest first. */
const runsWith = ({ root, dirs, runsDir = RUNS_DIR }: Places, word: string): Run[] =>
  [...new Set(dirs)]
    .flatMap((dir) => [runsDir, join(dirname(runsDir), BASELINES_DIR)].map((kept) => [dir, kept] as const))
    .flatMap(([dir, kept]) => listRuns(dir, kept).slice(0, MOST_READ))
    .filter(({ file }) => mayHold(file, `"${word}"`))
    .flatMap(({ file }) => readSealedRun(file, root) ?? [])

/** Saved Runs of one tree that this engine wrote, newest first. What anybody else wrote there is no evidence. */
export const runsOfTree = (places: Places, tree: string): Run[] =>
  tree === '' ? [] : runsWith(places, tree).filter((run) => run.tree === tree)

/** Runs of the state that the work began with: of its tree, else of its commit with nothing changed. */
export const baselinesOf = (places: Places, start: { hash: string; commit: string | null }): Run[] => {
  const { hash, commit } = start
  const same = runsOfTree(places, hash)
  if (same.length > 0 || commit === null) return same
  return runsWith(places, commit).filter(({ system }) => system.commit === commit && !system.dirty)
}
