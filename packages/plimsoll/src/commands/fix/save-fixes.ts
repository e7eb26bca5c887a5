import { join, relative } from 'node:path'
import { unifiedDiff } from '../../base/text/unified-diff.ts'
import type { Fixed } from '../../engine/fix/fix.ts'
import type { RegressionTest } from '../../engine/fix/regression-test.ts'
import { writeWhole } from '../../instruments/files/write.ts'
import type { Patch } from '../../model/patch.ts'
import type { Run } from '../../model/run.ts'
import type { Finding } from '../../model/verdict.ts'
import { describeFix } from './describe-fix.ts'

export const FIXES_DIR = '.plimsoll/fixes'

/** One kept repair with its test, as it is written down and applied. */
export type Repair = {
  fixed: Fixed
  finding: Finding
  changes: Patch['changes']
}

/** Those without a patch of their own come last: theirs are tests only. */
const inOrder = (fixed: readonly Fixed[], patches: readonly Patch[]): Fixed[] => {
  const places = new Map(patches.map(({ finding }, place) => [finding, place]))
  const placeOf = ({ finding }: Fixed) => places.get(finding) ?? patches.length
  return [...fixed].sort((a, b) => placeOf(a) - placeOf(b))
}

/**
 * The changes of each kept patch with the test that was seen to fail and to pass.
 * @param patches in the order in which they stand on each other
 */
export const repairsOf = (
  { fixed, patches }: { fixed: readonly Fixed[]; patches: readonly Patch[] },
  findings: readonly Finding[],
  writeTest: (finding: Finding) => RegressionTest | null,
): Repair[] =>
  inOrder(fixed, patches).flatMap((one) => {
    const finding = findings.find(({ id }) => id === one.finding)
    if (one.outcome !== 'fixed' || finding === undefined) return []
    const test = one.test === null ? null : writeTest(finding)
    const added = test === null ? [] : [{ file: test.file, before: null, after: test.text }]
    const changes = [...(one.patch?.changes ?? []), ...added]
    return changes.length === 0 ? [] : [{ fixed: one, finding, changes }]
  })

/** Several changes of one file, one upon another, as one. */
export const combine = (repairs: readonly Repair[]): Patch['changes'] => {
  const files = new Map<string, Patch['changes'][number]>()
  for (const { changes } of repairs)
    for (const change of changes)
      files.set(change.file, { ...change, before: files.get(change.file)?.before ?? change.before })
  return [...files.values()]
}

/** Paths as git reads them from where the user is, as far as the backend lies below. */
const diffOf = (changes: Patch['changes'], target: string) =>
  changes
    .map(({ file, before, after }) =>
      unifiedDiff(target.startsWith('..') ? file : join(target, file), before, after),
    )
    .join('')

/**
 * Writes a patch file for each repair, and one of all of them; says where.
 * @returns shown path of each patch by finding, and of the one that has them all
 */
export const saveFixes = async (
  repairs: readonly Repair[],
  run: Run,
  after: Run,
  cwd: string,
): Promise<{ files: ReadonlyMap<string, string>; all: string }> => {
  const dir = join(cwd, FIXES_DIR)
  const files = new Map<string, string>()
  const before: string[] = []
  for (const { fixed, finding, changes } of repairs) {
    const path = join(dir, `${finding.id}.patch`)
    const stands = before.length === 0 ? '' : `Stands on: ${before.join(', ')}\n`
    await writeWhole(path, `${describeFix(fixed, finding, run)}\n${stands}\n${diffOf(changes, run.target)}`)
    files.set(finding.id, relative(cwd, path))
    before.push(finding.id)
  }
  const all = join(dir, 'all.patch')
  await writeWhole(all, diffOf(combine(repairs), run.target))
  await writeWhole(join(dir, `${after.id}.json`), `${JSON.stringify(after, null, 2)}\n`)
  return { files, all: relative(cwd, all) }
}
