import { ledgerOf, mergeBaselines, untoldProbes } from '../../agent/obligations/baseline.ts'
import { type Duty, deriveObligations } from '../../agent/obligations/derive-obligations.ts'
import { findWeakened } from '../../agent/obligations/gates/find-weakened.ts'
import type { Ledger, Weakened } from '../../agent/obligations/obligation.ts'
import { originsIn } from '../../agent/obligations/origins-in.ts'
import { proveObligations } from '../../agent/obligations/prove-obligations.ts'
import { standingOf } from '../../agent/obligations/settle.ts'
import { emptyStart, type Start, takeStartAt } from '../../agent/obligations/trees/start.ts'
import { takeTree } from '../../agent/obligations/trees/tree.ts'
import { Fault, fault } from '../../base/errors/fault.ts'
import type { Origins } from '../../engine/digest/origin.ts'
import type { Door } from '../../engine/door/door.ts'
import type { Families } from '../../engine/prove/families.ts'
import { baselinesOf, runsOfTree } from '../../engine/runs/find-evidence.ts'
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
  door: Pick<Door, 'prove' | 'proveEarlier'> | null
  budgetSeconds: number
  signal: AbortSignal
  /** what is done beside the proof of the work */
  onNote?(text: string): void
}

/** `idle`: nothing that was changed asks for a proof. */
export type Checked = {
  state: 'idle' | 'proven' | 'refuted' | 'unproven'
  duty: Duty
  ledger: Ledger
  /** what the newest findings are told from; null where there is no evidence at all */
  run: Run | null
  /** how each finding stands to the work, by its id */
  origins: Origins
}

type Earlier = { start: Start; root: string; since: Base }

/** Experiments whose findings only the base tells from older ones are run on it, once. */
const proveBase = async (
  only: readonly string[],
  { start, root, since }: Earlier,
  { door, budgetSeconds, signal, onNote }: CheckOptions,
): Promise<Run | null> => {
  if (only.length === 0 || door === null) return null
  onNote?.(
    `proving ${since.ref} (${since.commit.slice(0, 7)}) to tell old findings from new: ${only.join(', ')}`,
  )
  const read = (file: string) => git(root, ['show', `${since.commit}:./${file}`])
  const earlier = { hash: start.hash, hashes: start.hashes, read }
  try {
    return (await door.proveEarlier(earlier, { only, budgetSeconds, signal }))?.run ?? null
  } catch (thrown) {
    signal.throwIfAborted()
    // What it was before stays unknown then, which the ledger says already.
    if (!(thrown instanceof Fault)) throw thrown
    return null
  }
}

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
  const baselines = baselinesOf(places, { hash: start.hash, commit: since?.commit ?? null })
  const baseline = mergeBaselines(baselines)
  const runs = runsOfTree(places, duty.tree).toReversed()
  const before = ledgerOf(duty, { runs, baseline, weakened })
  if (duty.obligations.length === 0)
    return {
      ...{ state: weakened.length > 0 ? 'refuted' : 'idle', duty, ledger: before },
      ...{ run: null, origins: new Map() },
    }
  // A weakened gate is refused whatever the proof says, so none is run for it.
  const asked = door === null || weakened.length > 0 ? null : door
  const work =
    asked === null
      ? { ledger: before, run: null }
      : await proveObligations(duty, asked, { ledger: before, baseline, weakened, budgetSeconds, signal })
  const all = work.run === null ? runs : [...runs, work.run]
  const untold = since === null || asked === null ? [] : untoldProbes(duty, { runs: all, baseline })
  const base = since === null ? null : await proveBase(untold, { start, root, since }, options)
  const merged = base === null ? baseline : mergeBaselines([base, ...baselines])
  const ledger = base === null ? work.ledger : ledgerOf(duty, { runs: all, baseline: merged, weakened })
  const origins = new Map(all.flatMap((run) => [...originsIn(run, duty, merged)]))
  return { state: standingOf(ledger), duty, ledger, run: all.at(-1) ?? null, origins }
}
