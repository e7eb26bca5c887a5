import { type Duty, deriveObligations } from '../../agent/obligations/derive-obligations.ts'
import { findWeakened } from '../../agent/obligations/gates/find-weakened.ts'
import type { Ledger, Weakened } from '../../agent/obligations/obligation.ts'
import { proveObligations } from '../../agent/obligations/prove-obligations.ts'
import { join, settle, standingOf } from '../../agent/obligations/settle.ts'
import { emptyStart, type Start, takeStartAt } from '../../agent/obligations/trees/start.ts'
import { takeTree } from '../../agent/obligations/trees/tree.ts'
import { fault } from '../../base/errors/fault.ts'
import type { Door } from '../../engine/door/door.ts'
import type { Families } from '../../engine/prove/families.ts'
import { baselineOf, runsOfTree } from '../../engine/runs/find-evidence.ts'
import { git } from '../../instruments/source/git.ts'
import type { Base } from '../../instruments/source/read-earlier.ts'
import type { Run } from '../../model/run.ts'

export type CheckOptions = {
  /** absolute */
  root: string
  /** folders that may keep Runs of it */
  runsIn: readonly string[]
  families: Families
  since: Base | null
  /** null: nothing is run */
  door: Pick<Door, 'prove'> | null
  budgetSeconds: number
  signal: AbortSignal
}

/** `idle`: nothing that was changed asks for a proof. */
export type Checked = {
  state: 'idle' | 'proven' | 'refuted' | 'unproven'
  duty: Duty
  ledger: Ledger
  /** what the newest findings are told from; null where there is no evidence at all */
  run: Run | null
}

/** Everything that saved Runs of this very tree say, the newest first. */
const known = (
  duty: Duty,
  runs: readonly Run[],
  baseline: Run | null,
  weakened: Ledger['weakened'],
): Ledger =>
  runs
    .toReversed()
    .reduce(
      (ledger, run) => join(ledger, settle(duty, { run, baseline, weakened })),
      settle(duty, { run: null, baseline, weakened }),
    )

/** A commit does not hold what git ignores: whoever declares something there has to know why it counts as new. */
const tellIgnored = async (
  root: string,
  { hashes }: Start,
  weakened: readonly Weakened[],
): Promise<Weakened[]> =>
  Promise.all(
    weakened.map(async (one) => {
      const isIgnored =
        !hashes.has(one.file) && (await git(root, ['check-ignore', '--quiet', one.file])) !== null
      const hint = ' (git ignores the file, so that nobody knows what it said before: commit it)'
      return isIgnored ? { ...one, how: `${one.how}${hint}` } : one
    }),
  )

/** What is due for the work since a commit, and how it stands. Proves what has no evidence, where there is a door. */
export const checkWork = async (options: CheckOptions): Promise<Checked> => {
  const { root, runsIn, families, since, door, budgetSeconds, signal } = options
  const start = since === null ? emptyStart() : await takeStartAt(root, since.commit, families)
  if (start === null)
    throw fault('E_USAGE', {
      message: `${since?.ref ?? 'the start'} cannot be read from git`,
      command: 'plimsoll gate',
    })
  const places = { root, dirs: runsIn }
  const now = await takeTree(root, families)
  const duty = deriveObligations(start, now, families)
  const weakened = await tellIgnored(root, start, await findWeakened(start, now, families))
  const baseline = baselineOf(places, { hash: start.hash, commit: since?.commit ?? null })
  const runs = runsOfTree(places, duty.tree)
  const before = known(duty, runs, baseline, weakened)
  if (duty.obligations.length === 0)
    return { state: weakened.length > 0 ? 'refuted' : 'idle', duty, ledger: before, run: null }
  // A weakened gate is refused whatever the proof says, so none is run for it.
  const asked = door === null || weakened.length > 0 ? null : door
  const { ledger, run } =
    asked === null
      ? { ledger: before, run: null }
      : await proveObligations(duty, asked, { ledger: before, baseline, weakened, budgetSeconds, signal })
  return { state: standingOf(ledger), duty, ledger, run: run ?? runs[0] ?? null }
}
