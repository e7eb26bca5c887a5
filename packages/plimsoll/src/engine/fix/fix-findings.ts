import { asFault } from '../../base/errors/fault.ts'
import { openSupervisor } from '../../instruments/process/open-supervisor.ts'
import { treeHash } from '../../instruments/source/hash-tree.ts'
import type { Patch } from '../../model/patch.ts'
import type { Run } from '../../model/run.ts'
import type { Finding } from '../../model/verdict.ts'
import { findCulprit } from './find-culprit.ts'
import type { Comparison, Fixed } from './fix.ts'
import { end, type FixOptions, NO_FIXER, refuse, type State, type Work, withTrial } from './fix-state.ts'
import { type Laid, layPatches } from './lay-patches.ts'
import { openGround } from './open-ground.ts'
import { type GroundProved, proveGround } from './prove-ground.ts'
import { writeRest } from './write-rest.ts'

export type FixResult = {
  fixed: Fixed[]
  /** patches that were kept, in the order in which they stand on each other */
  patches: Patch[]
  /** null where nothing was kept */
  after: Run | null
}

/** Each needs a boot; what is still refuted then is refused. */
const MOST_ROUNDS = 3

/** The tree may have changed since the Run, and the tests have to fail before: both are asked of it as it is. */
const lookBefore = async (state: State, work: Work) => {
  const isStale = work.run.tree === undefined || work.run.tree !== (await treeHash(work.root))
  const testable = state.open.filter((finding) => work.writeTest?.(finding) != null)
  if (!isStale && testable.length === 0) return
  await withTrial(state, work, async (trial) => {
    const again = isStale ? await trial.again(state.open) : new Map()
    for (const finding of [...state.open])
      if (again.get(finding.id)?.status === 'proven')
        end(state, finding, 'gone', 'it is proven already: the code changed since that Run')
    state.tests.before = await trial.test(testable.filter((one) => state.open.includes(one)))
  })
}

/** What no fixer repairs is not worth its time here; the proof of everything at the end tells of it, too. */
const canShare = ({ fixers }: Work, { probe }: Finding) =>
  fixers.some(({ repairs }) => repairs.includes(probe))

/** One boot with all patches that are left; true when another one with other patches may help. */
const runRound = async (state: State, work: Work): Promise<boolean> => {
  const laid = await layPatches(state.ground, state.open, state.tries, work)
  if (laid.every(({ patch }) => patch === null)) return false
  work.onProgress({
    kind: 'note',
    text: `tried together: ${laid
      .filter(({ patch }) => patch !== null)
      .map(({ finding }) => finding.id)
      .join(', ')}`,
  })
  const asked = laid.filter(({ finding, patch }) => patch !== null || canShare(work, finding))
  return withTrial(state, work, async (trial) => {
    const again = await trial.again(asked.map(({ finding }) => finding))
    const isProven = ({ finding }: Laid) => again.get(finding.id)?.status === 'proven'
    const failing = laid.filter((one) => one.patch !== null && !isProven(one))
    for (const one of failing) {
      const now = again.get(one.finding.id)
      refuse(
        state,
        one,
        `with the patch it is ${now?.status ?? 'inconclusive'}: ${now?.said ?? 'it was not seen'}`,
      )
    }
    for (const one of laid.filter((each) => each.patch === null && !isProven(each)))
      end(state, one.finding, 'no-fixer', NO_FIXER)
    state.tests.after = await trial.test(state.open)
    return failing.some(({ isLast }) => !isLast)
  })
}

/** A tree that does not start has a patch in it that is to blame: the least important one goes first. */
const runRounds = async (state: State, work: Work) => {
  for (let round = 0; round < MOST_ROUNDS + work.findings.length && state.open.length > 0; round += 1) {
    try {
      if (!(await runRound(state, work)) || round >= MOST_ROUNDS) return
    } catch (thrown) {
      work.signal.throwIfAborted()
      const laid = await layPatches(state.ground, state.open, state.tries, work)
      const last = laid.findLast(({ patch }) => patch !== null)
      if (last === undefined) throw thrown
      refuse(state, last, `the app does not start with it: ${asFault(thrown).message}`)
    }
  }
}

const isProvenIn = ({ after }: GroundProved, finding: Finding): string | null => {
  const now = after.verdicts.find(({ id }) => id === finding.id)
  if (now?.status === 'proven') return now.title
  const other = after.verdicts.find(({ probe, status }) => probe === finding.probe && status === 'proven')
  return now === undefined && other !== undefined ? 'the probe sees it no more' : null
}

type Kept = { patches: Patch[]; proved: GroundProved }

/** Everything once more on what is kept; a patch that does not hold, or that makes something worse, goes. */
const settle = async (state: State, work: Work): Promise<Kept | null> => {
  while (state.open.length > 0) {
    const laid = await layPatches(state.ground, state.open, state.tries, work)
    const patches = laid.flatMap(({ patch }) => (patch === null ? [] : [patch]))
    if (patches.length === 0) break
    const proved = await proveGround(state.ground, state.open, work)
    const fading = laid.filter(({ finding }) => isProvenIn(proved, finding) === null)
    for (const { finding, patch } of fading)
      end(state, finding, 'refused', 'proven once, and not again when everything was proved', patch)
    if (proved.worse.length === 0 && fading.every(({ patch }) => patch === null)) return { patches, proved }
    if (proved.worse.length > 0) await dropCulprit(state, work, laid, proved)
  }
  return null
}

const dropCulprit = async (state: State, work: Work, laid: readonly Laid[], proved: GroundProved) => {
  const kept = laid.filter(({ finding, patch }) => patch !== null && state.open.includes(finding))
  const runs = [work.run, proved.after]
  const findings = kept.map(({ finding }) => finding)
  const culprit = await findCulprit(state.ground, findings, proved.worse, runs, {
    ...work,
    tries: state.tries,
  })
  const said = proved.worse.map(({ title, before, after }) => `${title}: ${before}, now ${after}`).join(' · ')
  for (const { finding, patch } of kept)
    if (culprit === null || finding === culprit)
      end(state, finding, 'refused', `it makes something worse: ${said}`, patch)
}

const comparisonOf = (work: Work, kept: Kept, reason: string): Comparison => ({
  ...{ accepted: true, reason, better: kept.proved.better, worse: kept.proved.worse },
  runs: { before: work.run.id, after: kept.proved.after.id },
})

const testOf = (state: State, work: Work, finding: Finding): { test: string | null; said: string } => {
  const test = work.writeTest?.(finding) ?? null
  if (test === null)
    return { test: null, said: 'no test: no single request shows the finding, or its test is there already' }
  const failed = state.tests.before.get(finding.id) === false
  const passes = state.tests.after.get(finding.id) === true
  if (failed && passes) return { test: test.file, said: 'its test fails before and passes now' }
  return {
    test: null,
    said: `no test: it ${failed ? 'still fails' : 'does not fail before'} when it is run by itself`,
  }
}

const tell = (state: State, work: Work, kept: Kept | null): Fixed[] =>
  work.findings.map((finding): Fixed => {
    const base = { finding: finding.id, title: finding.title, commit: null, file: null, test: null }
    const ended = state.ended.get(finding.id)
    const isMendedToo =
      ended?.outcome === 'no-fixer' && kept !== null && isProvenIn(kept.proved, finding) !== null
    if (ended !== undefined && !isMendedToo) return { ...base, ...ended }
    if (kept === null)
      return {
        ...base,
        outcome: 'no-fixer',
        patch: null,
        comparison: null,
        reason: NO_FIXER,
      }
    const patch = kept.patches.find((one) => one.finding === finding.id) ?? null
    const { test, said } = testOf(state, work, finding)
    const holds = isProvenIn(kept.proved, finding) ?? ''
    const shared = patch === null ? ' · mended by the other patches' : ''
    const reason = `${holds}${shared} · ${said}`
    return { ...base, test, outcome: 'fixed', patch, comparison: comparisonOf(work, kept, reason), reason }
  })

/**
 * Tries to mend findings in a copy of the repository: all patches together, one boot a round; what is proven then is
 * proved once more with everything else. The user's folder is read and never written.
 * @throws what a tree without any patch throws when it does not start, the signal's reason
 */
export const fixFindings = async (options: FixOptions): Promise<FixResult> => {
  const supervisor = await openSupervisor()
  try {
    const work: Work = { ...options, supervisor, written: new Map() }
    const ground = await openGround(options.root, supervisor.scratchDir, options.signal)
    const tests = { before: new Map<string, boolean>(), after: new Map<string, boolean>() }
    const state: State = { ground, open: [...options.findings], tries: new Map(), ended: new Map(), tests }
    await lookBefore(state, work)
    await runRounds(state, work)
    await writeRest(state, work)
    const kept = await settle(state, work)
    return { fixed: tell(state, work, kept), patches: kept?.patches ?? [], after: kept?.proved.after ?? null }
  } finally {
    await supervisor.close()
  }
}
