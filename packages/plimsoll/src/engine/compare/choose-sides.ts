import { join } from 'node:path'
import { fault } from '../../base/errors/fault.ts'
import { exportCommit, findRepository, resolveCommit } from '../../instruments/source/export-commit.ts'
import { locateRun, type RunPlace } from '../runs/locate-run.ts'
import type { ComparedSide } from './comparison.ts'
import { differingDependencies } from './dependencies.ts'
import { lendInstalled } from './lend-installed.ts'

/** The working tree as it is. */
const WORKING_TREE = '.'

export type Tree = ComparedSide & {
  /** absolute folder of the backend */
  root: string
}

const refuse = (message: string) => fault('E_USAGE', { message, command: 'plimsoll compare' })

const findRun = (cwd: string, word: string): RunPlace | null => {
  if (word === WORKING_TREE) return null
  try {
    return locateRun(cwd, word)
  } catch {
    return null
  }
}

/**
 * Two words as two saved Runs, or null when neither is one.
 * @throws E_USAGE when only one of them is
 */
export const asRuns = (cwd: string, a: string, b: string): [RunPlace, RunPlace] | null => {
  const [first, second] = [findRun(cwd, a), findRun(cwd, b)]
  if (first !== null && second !== null) return [first, second]
  if (first === null && second === null) return null
  const [run, other] = first === null ? [b, a] : [a, b]
  throw refuse(`"${run}" is a saved Run and "${other}" is not: give two Runs, or two states of the code`)
}

export type TreeOptions = {
  /** absolute folder of the backend in the user's tree */
  root: string
  /** the same as the user typed it */
  shown: string
  words: readonly [string, string]
  /** absolute; commits are written below it */
  scratchDir: string
  install: boolean
}

const exportTree = async (options: TreeOptions, word: string, name: string): Promise<Tree> => {
  const { root, shown, words, scratchDir, install } = options
  if (word === WORKING_TREE) return { name: word, commit: null, root }
  const repository = await findRepository(root)
  if (repository === null) throw refuse(`"${word}" is no saved Run, and ${shown} is not in a git repository`)
  const { top, below } = repository
  const commit = await resolveCommit(root, word)
  if (commit === null)
    throw refuse(`"${word}" is neither a saved Run nor a commit, branch or tag of ${shown}`)
  const to = join(scratchDir, 'commits', name)
  if (!(await exportCommit(top, commit, to))) throw refuse(`git could not write out "${word}"`)
  const file = install ? null : await differingDependencies(top, to, below)
  if (file !== null) {
    const [a, b] = words
    throw fault('E_DEPENDENCIES_DIFFER', { ref: word, dir: shown, file, a, b })
  }
  await lendInstalled(top, to, { below, packages: !install })
  return { name: word, commit, root: join(to, below) }
}

/**
 * Two states of the code as folders: the working tree where it is, a commit in the scratch folder. The user's tree and
 * repository stay as they are.
 * @throws E_USAGE for a word that is no commit, E_DEPENDENCIES_DIFFER when what is installed does not serve a commit
 */
export const asTrees = async (options: TreeOptions): Promise<[Tree, Tree]> => {
  const [a, b] = options.words
  return [await exportTree(options, a, 'a'), await exportTree(options, b, 'b')]
}
