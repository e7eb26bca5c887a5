import { existsSync, readdirSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fault } from '../../base/errors/fault.ts'

/** Where a folder keeps its Runs. */
export const RUNS_DIR = '.plimsoll/runs'
/** Where those of earlier files are kept that a session is held against. */
export const BASELINES_DIR = 'baselines'

export type RunPlace = {
  /** absolute path of run.json */
  file: string
  /** absolute path of the folder it is in */
  dir: string
  /** that folder as the user would type it from where they are */
  shown: string
}

const place = (cwd: string, file: string): RunPlace => {
  const dir = dirname(file)
  const near = relative(cwd, dir)
  return { file, dir, shown: near === '' ? '.' : near.startsWith('..') ? dir : near }
}

const isFolder = (path: string) => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true

/** By the time it was written, then by name: an interrupted Run that was mended later counts as later. */
const newestFirst = (runsDir: string): string[] =>
  (isFolder(runsDir) ? readdirSync(runsDir) : [])
    .map((name) => ({ name, file: join(runsDir, name, 'run.json') }))
    .flatMap((run) => {
      const stat = statSync(run.file, { throwIfNoEntry: false })
      return stat === undefined ? [] : [{ ...run, writtenMs: stat.mtimeMs }]
    })
    .sort((a, b) => b.writtenMs - a.writtenMs || b.name.localeCompare(a.name))
    .map(({ file }) => file)

/**
 * Every Run kept here, newest first.
 * @param runsDir where they are kept, relative to `cwd` or absolute
 */
export const listRuns = (cwd: string, runsDir = RUNS_DIR): RunPlace[] =>
  newestFirst(resolve(cwd, runsDir)).map((file) => place(cwd, file))

/**
 * The Run that the user means.
 * @param argument a run.json, its folder, the id of a Run here, or a folder that was proved; absent: the newest here
 * @throws E_NO_RUN when there is none
 */
export const locateRun = (cwd: string, argument?: string): RunPlace => {
  if (argument === undefined) {
    const [file] = newestFirst(join(cwd, RUNS_DIR))
    if (file === undefined) throw fault('E_NO_RUN', { dir: RUNS_DIR })
    return place(cwd, file)
  }
  const path = resolve(cwd, argument)
  const candidates = [
    ...(isFolder(path) ? [join(path, 'run.json')] : [path]),
    join(cwd, RUNS_DIR, argument, 'run.json'),
  ]
  const found = candidates.find((it) => existsSync(it)) ?? newestFirst(join(path, RUNS_DIR))[0]
  if (found === undefined) throw fault('E_NO_RUN', { dir: argument })
  return place(cwd, found)
}
