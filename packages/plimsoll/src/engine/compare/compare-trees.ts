import { fault } from '../../base/errors/fault.ts'
import { createClock } from '../../instruments/clock/clock.ts'
import { describeMachine } from '../../instruments/machine/machine.ts'
import { openSupervisor } from '../../instruments/process/open-supervisor.ts'
import { asTrees, type TreeOptions } from './choose-sides.ts'
import { commonOperations } from './common-operations.ts'
import type { ComparedSide, Comparison } from './comparison.ts'
import { interleave } from './interleave.ts'
import { openSide, type SideOptions } from './open-side.ts'

export type CompareTreesOptions = Omit<SideOptions, 'supervisor'> &
  Omit<TreeOptions, 'scratchDir'> & {
    /** share */
    margin: number
    /** of measuring; booting comes on top */
    limitSeconds: number
    /** uses what something else disturbed, too: for trying out, never for an answer */
    anyMachine?: boolean
  }

const sideOf = ({ name, commit }: ComparedSide): ComparedSide => ({ name, commit })

const NOTHING_IN_COMMON = 'no operation is known to work on both sides'

/**
 * Boots two states of the code at the same time and measures them in turn.
 * @throws E_USAGE, E_DEPENDENCIES_DIFFER, what a lab that does not get ready throws, the signal's reason
 */
export const compareTrees = async (options: CompareTreesOptions): Promise<Comparison> => {
  const { margin, seed, signal, limitSeconds, onProgress, anyMachine = false } = options
  const { nowMs } = createClock()
  const supervisor = await openSupervisor()
  try {
    const [first, second] = await asTrees({ ...options, scratchDir: supervisor.scratchDir })
    onProgress({ kind: 'note', text: `A is ${first.name}` })
    const a = await openSide(first, { ...options, supervisor })
    onProgress({ kind: 'note', text: `B is ${second.name}` })
    const b = await openSide(second, { ...options, supervisor })
    const { only, left } = commonOperations(a.workload, b.workload, { a: 'A', b: 'B' })
    if (only.length === 0) throw fault('E_NOTHING_TO_COMPARE', { reason: NOTHING_IN_COMMON })
    const title = 'A and B in turn'
    onProgress({ kind: 'plan', probes: [{ id: 'compare', title, seconds: limitSeconds }] })
    onProgress({ kind: 'probe-started', id: 'compare', title })
    const { answer, reason, metrics, ratePerSecond, pairs, notes } = await interleave({
      ...{ a, b, only, margin, limitMs: limitSeconds * 1_000, nowMs, signal, anyMachine },
      onNote: (text) => onProgress({ kind: 'note', text }),
    })
    await a.close()
    await b.close()
    return {
      ...{ how: 'interleaved', answer, reason, metrics, ratePerSecond, pairs, margin, seed, left },
      ...{ a: sideOf(first), b: sideOf(second), operations: only },
      durationMs: nowMs(),
      machine: describeMachine(),
      notes: [...new Set([...a.workload.limits, ...b.workload.limits, ...notes])],
    }
  } finally {
    await supervisor.close()
  }
}
