import { asFault } from '../../base/errors/fault.ts'
import type { Finding } from '../../model/verdict.ts'
import { end, NO_FIXER, type State, type Work, type WriteRepair, withTrial } from './fix-state.ts'
import { layPatches } from './lay-patches.ts'

/** What no fixer mended, in the order of importance. */
const restOf = async (state: State, work: Work): Promise<Finding[]> => {
  const laid = await layPatches(state.ground, state.open, state.tries, work)
  // Those without a patch of their own are open only where others mended them, or where nothing was tried at all.
  if (laid.every(({ patch }) => patch === null))
    for (const { finding } of laid) end(state, finding, 'no-fixer', NO_FIXER)
  return work.findings.filter(({ id }) => {
    const outcome = state.ended.get(id)?.outcome
    return outcome === 'no-fixer' || outcome === 'refused'
  })
}

const reopen = (state: State, { findings }: Work, { id }: Finding) => {
  state.ended.delete(id)
  const open = new Set([...state.open.map((one) => one.id), id])
  state.open = findings.filter((one) => open.has(one.id))
}

/** Boots the ground with the new repair in it, and asks for that finding alone. */
const tryRepair = async (state: State, work: Work, finding: Finding): Promise<string | null> => {
  const laid = await layPatches(state.ground, state.open, state.tries, work)
  if (laid.some((one) => one.finding.id === finding.id && one.patch === null))
    return 'it changes a file that is not as it was'
  return withTrial(state, work, async (trial) => {
    const now = (await trial.again([finding])).get(finding.id)
    if (now?.status !== 'proven') return `with the patch it is ${now?.status}: ${now?.said}`
    state.tests.after = new Map([...state.tests.after, ...(await trial.test([finding]))])
    return null
  }).catch((thrown: unknown) => {
    work.signal.throwIfAborted()
    return `the app does not start with it: ${asFault(thrown).message}`
  })
}

const writeOne = async (state: State, work: Work, write: WriteRepair, finding: Finding) => {
  await layPatches(state.ground, state.open, state.tries, work)
  const written = await write(finding, state.ground.root)
  work.signal.throwIfAborted()
  if ('reason' in written) return end(state, finding, 'refused', written.reason)
  state.tries.delete(finding.id)
  work.written.set(finding.id, written)
  reopen(state, work, finding)
  const failed = await tryRepair(state, work, finding)
  if (failed !== null) end(state, finding, 'refused', failed, written)
}

/** Repairs that are written for the findings that are left, one after the other, each on those before it. */
export const writeRest = async (state: State, work: Work): Promise<void> => {
  if (work.writeRepair === undefined) return
  for (const finding of await restOf(state, work)) await writeOne(state, work, work.writeRepair, finding)
}
