import type { Families } from '../../../engine/prove/families.ts'
import type { Project } from '../../../instruments/source/project.ts'
import type { GateFile, Weakened } from '../obligation.ts'
import type { Start } from '../trees/start.ts'
import type { Tree } from '../trees/tree.ts'
import { changedGuards } from './changed-guards.ts'
import { changedConfigSources } from './config-sources.ts'
import { takeGates } from './gate-files.ts'
import { loosenedBuild } from './loosened-build.ts'
import { loosenedThresholds } from './loosened-thresholds.ts'
import { narrowedSpecs } from './narrowed-specs.ts'
import { weakenedTests } from './weakened-tests.ts'

/** A gate file that differs, with what it said and says. */
export type GateChange = { file: string; kind: GateFile['kind']; before: string; after: string | null }

/** What of a tree the gates are read from. */
export type Judged = Pick<Tree, 'hash' | 'hashes' | 'system'> & {
  project: Pick<Project, 'files' | 'text'>
  guards?: Tree['guards']
}

/** One that has the same content under another name was moved. */
const changedGates = (start: Start, now: Judged): GateChange[] => {
  const contents = new Set(takeGates(now).map(({ hash }) => hash))
  return start.gates
    .filter(({ file, hash }) => now.hashes.get(file) !== hash)
    .filter(({ file, hash }) => now.hashes.has(file) || !contents.has(hash))
    .flatMap(({ file, kind }) => {
      const before = start.texts.get(file)
      const after = now.hashes.has(file) ? now.project.text(file) : null
      return before === undefined ? [] : [{ file, kind, before, after }]
    })
}

/**
 * Gates that were made easier to pass since the start. What is stricter, moved or new is none; where it cannot be told
 * by reading, nothing is said.
 */
export const findWeakened = async (
  start: Start,
  now: Judged,
  { standards }: Pick<Families, 'standards'>,
): Promise<Weakened[]> => {
  const guards = changedGuards(start.guards, now.guards)
  if (start.hash === now.hash) return guards
  const changes = changedGates(start, now)
  return [
    ...guards,
    ...changedConfigSources(start, now),
    ...(await weakenedTests(start, now, changes)),
    ...loosenedThresholds(changes, standards, { start, now }),
    ...loosenedBuild(changes),
    ...(await narrowedSpecs(changes, start, now)),
  ]
}
