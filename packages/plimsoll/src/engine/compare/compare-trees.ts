import { fault } from '../../base/errors/fault.ts'
import { createClock } from '../../instruments/clock/clock.ts'
import { describeMachine } from '../../instruments/machine/machine.ts'
import { openSupervisor } from '../../instruments/process/open-supervisor.ts'
import { asTrees, type Tree, type TreeOptions } from './choose-sides.ts'
import { type CommonOperations, commonOperations } from './common-operations.ts'
import type { ComparedSide, Comparison } from './comparison.ts'
import { type Ground, interleave } from './interleave.ts'
import { openSide, type Side, type SideOptions } from './open-side.ts'

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

type Opened = Ground & CommonOperations & { limits: string[] }

/** Fresh labs of both sides, with the same seed. */
const openBoth = async (a: Side, b: Side, seed: number): Promise<Opened> => {
  const [first, second] = [await a.open(seed), await b.open(seed)]
  const common = commonOperations(first.workload, second.workload, { a: 'A', b: 'B' })
  if (common.only.length === 0) throw fault('E_NOTHING_TO_COMPARE', { reason: NOTHING_IN_COMMON })
  return { a: first, b: second, ...common, limits: [...first.workload.limits, ...second.workload.limits] }
}

/** The one that is open already, then new ones, each with a seed of its own. */
const grounds = (first: Opened, a: Side, b: Side, seed: number) => {
  let rounds = 0
  return () => {
    rounds += 1
    return rounds === 1 ? Promise.resolve(first) : openBoth(a, b, seed + rounds - 1)
  }
}

/**
 * Boots two states of the code at the same time and measures them in turn.
 * @throws E_USAGE, E_DEPENDENCIES_DIFFER, E_NOTHING_TO_COMPARE, what a lab that does not get ready throws, the signal's
 * reason
 */
export const compareTrees = async (options: CompareTreesOptions): Promise<Comparison> => {
  const { margin, seed, signal, limitSeconds, onProgress, anyMachine = false } = options
  const { nowMs } = createClock()
  const supervisor = await openSupervisor()
  const sides: Side[] = []
  const openTree = async (tree: Tree, letter: string) => {
    onProgress({ kind: 'note', text: `${letter} is ${tree.name}` })
    const side = await openSide(tree, { ...options, supervisor })
    sides.push(side)
    return side
  }
  try {
    const [first, second] = await asTrees({ ...options, scratchDir: supervisor.scratchDir })
    const a = await openTree(first, 'A')
    const b = await openTree(second, 'B')
    const title = 'A and B in turn'
    onProgress({ kind: 'plan', probes: [{ id: 'compare', title, seconds: limitSeconds }] })
    onProgress({ kind: 'probe-started', id: 'compare', title })
    const opened = await openBoth(a, b, seed)
    const { notes, ...measured } = await interleave({
      ...{
        open: grounds(opened, a, b, seed),
        margin,
        limitMs: limitSeconds * 1_000,
        nowMs,
        signal,
        anyMachine,
      },
      onNote: (text) => onProgress({ kind: 'note', text }),
    })
    return {
      ...{ how: 'interleaved', ...measured, margin, seed, left: opened.left },
      ...{ a: sideOf(first), b: sideOf(second), operations: opened.only },
      durationMs: nowMs(),
      machine: describeMachine(),
      notes: [...new Set([...opened.limits, ...notes])],
    }
  } finally {
    await Promise.allSettled(sides.map((side) => side.close()))
    await supervisor.close()
  }
}
