import type { MetricComparison } from './comparison.ts'
import { type Conclusion, conclude, isDecided } from './conclude.ts'
import { judgePairs, type Pair, type Round } from './judge-pairs.ts'
import { type Bench, type BlockPlan, measureBlock } from './measure-block.ts'
import { warmUp } from './warm-up.ts'

/** Both sides, booted, and what can be sent to both. */
export type Ground = { a: Bench; b: Bench; only: readonly string[] }

export type InterleaveOptions = {
  /** both anew: processes, stores and data; what was opened before is of no use any more */
  open(): Promise<Ground>
  margin: number
  /** no round begins after it; milliseconds */
  limitMs: number
  nowMs(): number
  signal: AbortSignal
  /** uses what something else disturbed, too: for trying out, never for an answer */
  anyMachine?: boolean
  onNote(text: string): void
}

export type Measured = Conclusion & {
  metrics: MetricComparison[]
  ratePerSecond: number | null
  pairs: { used: number; repeated: number; rounds: number }
  notes: string[]
}

const PAIRS_A_ROUND = 6
const FEWEST_ROUNDS = 2
/** Its blocks, and the shortest warm-up. */
const SHORTEST_ROUND_MS = 28_000
/** Of what the slower side can do: far enough from its limit that no queue builds up. */
const SHARE_OF_CAPACITY = 0.35
/** More pairs repeated than this, and than were used: the machine is not going to be quiet. */
const MOST_REPEATED = 6

type State = { rounds: Round[]; repeated: number; lastNoise: string; notes: Set<string> }

const takePair = async ({ a, b }: Ground, plan: BlockPlan, turned: boolean): Promise<Pair | string> => {
  const first = await measureBlock(turned ? b : a, plan)
  const second = await measureBlock(turned ? a : b, plan)
  if ('unusable' in first) return first.unusable
  if ('unusable' in second) return second.unusable
  return turned ? { a: second.figures, b: first.figures } : { a: first.figures, b: second.figures }
}

const usedPairs = ({ rounds }: State) => rounds.flat().length

/** A, B, B, A, and so on; a pair that something else disturbed is measured again. Null when that happens too often. */
const takeRound = async (
  ground: Ground,
  plan: BlockPlan,
  state: State,
  signal: AbortSignal,
): Promise<Round | null> => {
  const pairs: Pair[] = []
  while (pairs.length < PAIRS_A_ROUND) {
    signal.throwIfAborted()
    const pair = await takePair(ground, plan, pairs.length % 2 === 1)
    if (typeof pair !== 'string') pairs.push(pair)
    else {
      state.repeated += 1
      state.lastNoise = pair
      if (state.repeated > Math.max(MOST_REPEATED, usedPairs(state) + pairs.length)) return null
    }
  }
  return pairs
}

const tooNoisy = ({ repeated, lastNoise }: State): Conclusion => ({
  answer: "can't tell",
  reason: `the machine was not quiet: ${repeated} pairs of blocks were of no use (${lastNoise})`,
})

const tooShort = (limitMs: number): Conclusion => ({
  answer: "can't tell",
  reason: `the time was too short: ${Math.round(limitMs / 1_000)} s hold less than ${FEWEST_ROUNDS} rounds`,
})

/**
 * Measures both in turn, in rounds: each begins with new processes that are warmed up, because two processes of the
 * same code, and two copies of the same data, differ for as long as they live. Looks at the figures after each round
 * from the second on, and ends when they decide, when there is no time for another round, or when the machine is too
 * busy. A second round begins whenever the first has left any time.
 */
export const interleave = async (options: InterleaveOptions): Promise<Measured> => {
  const { open, margin, limitMs, nowMs, signal, anyMachine = false, onNote } = options
  const state: State = { rounds: [], repeated: 0, lastNoise: '', notes: new Set() }
  const startedMs = nowMs()
  let ratePerSecond: number | null = null
  let metrics: MetricComparison[] = []
  const ended = (conclusion: Conclusion): Measured => ({
    ...conclusion,
    ...{ metrics, ratePerSecond, notes: [...state.notes] },
    pairs: { used: usedPairs(state), repeated: state.repeated, rounds: state.rounds.length },
  })
  let longestMs = 0
  if (limitMs < FEWEST_ROUNDS * SHORTEST_ROUND_MS) return ended(tooShort(limitMs))
  while (state.rounds.length < FEWEST_ROUNDS || !isDecided(metrics)) {
    const roundMs = nowMs()
    const expectedMs = state.rounds.length < FEWEST_ROUNDS ? 0 : longestMs
    if (roundMs - startedMs + expectedMs > limitMs) break
    const ground = await open()
    const warm = await warmUp(ground, signal)
    if (!warm.steady) state.notes.add('a side had not settled when it was measured')
    ratePerSecond ??= Math.max(1, Math.round(SHARE_OF_CAPACITY * Math.min(warm.a, warm.b)))
    const plan = { only: ground.only, ratePerSecond, anyMachine }
    const round = await takeRound(ground, plan, state, signal)
    if (round === null) return ended(tooNoisy(state))
    state.rounds.push(round)
    longestMs = Math.max(longestMs, nowMs() - roundMs)
    const look = Math.max(1, state.rounds.length - FEWEST_ROUNDS + 1)
    metrics = judgePairs(state.rounds, margin, look)
    onNote(`round ${state.rounds.length}: ${usedPairs(state)} pairs of blocks, ${conclude(metrics).reason}`)
  }
  return ended(state.rounds.length < FEWEST_ROUNDS ? tooShort(limitMs) : conclude(metrics))
}
