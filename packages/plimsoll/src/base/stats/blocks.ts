import { proportionBounds } from './clopper-pearson.ts'
import { studentQuantile } from './distributions.ts'

/** Outcomes of one stretch of time, for instance a tenth of a second. */
export type Block = { bad: number; n: number }

export type BlockProportion = {
  bad: number
  n: number
  /** independent outcomes that would tell as much; at most `n` */
  effectiveN: number
  /** by how much the variance is above that of independent outcomes; at least 1 */
  designEffect: number
  /** one-sided: the proportion is above it with this confidence */
  lower: number
  /** one-sided: the proportion is below it with this confidence */
  upper: number
}

const FEWEST_BATCHES = 10

const merged = (blocks: readonly Block[]): Block[] => {
  const pairs: Block[] = []
  for (let index = 0; index + 1 < blocks.length; index += 2) {
    const [a, b] = [blocks[index], blocks[index + 1]]
    if (a !== undefined && b !== undefined) pairs.push({ bad: a.bad + b.bad, n: a.n + b.n })
  }
  const last = blocks.at(-1)
  if (blocks.length % 2 === 1 && last !== undefined) pairs.push(last)
  return pairs
}

const lagOne = (residuals: readonly number[]): number => {
  const squares = residuals.reduce((sum, value) => sum + value * value, 0)
  const products = residuals.reduce((sum, value, index) => sum + value * (residuals[index + 1] ?? 0), 0)
  return squares === 0 ? 0 : products / squares
}

/** How much dependence between batches adds to the variance, were it that of a process that forgets steadily; few batches show too little of it. */
const memoryOf = (correlation: number, batches: number): number => {
  const unbiased = correlation + (1 + 3 * correlation) / batches
  const memory = Math.min(0.9, Math.max(0, unbiased))
  return (1 + memory) / (1 - memory)
}

type Effect = { effect: number; batches: number }

const effectAmong = (batches: readonly Block[], share: number): Effect & { settled: boolean } => {
  const n = batches.reduce((sum, block) => sum + block.n, 0)
  const residuals = batches.map((block) => block.bad - share * block.n)
  const k = batches.length
  const correlation = lagOne(residuals)
  const between = (residuals.reduce((sum, value) => sum + value * value, 0) * k) / (k - 1)
  return {
    effect: Math.max(1, (between * memoryOf(correlation, k)) / (n * share * (1 - share))),
    batches: k,
    settled: correlation <= 1 / Math.sqrt(k),
  }
}

/**
 * The larger of two: where merging neighbours first left no more dependence than chance, and where few batches are left
 * (which sees dependence that is long, or hidden by the noise of small blocks).
 */
const designEffectOf = (blocks: readonly Block[], share: number): Effect => {
  let batches = blocks
  let settled: Effect | null = null
  for (;;) {
    const found = effectAmong(batches, share)
    if (settled === null && found.settled) settled = found
    if (batches.length < 2 * FEWEST_BATCHES) {
      return settled !== null && settled.effect >= found.effect ? settled : found
    }
    batches = merged(batches)
  }
}

/**
 * A proportion of outcomes that come in clumps: what is slow in one tenth of a second is slow in the next, too, so that
 * a thousand outcomes tell less than a thousand independent ones would.
 *
 * The design effect is the variance between batches of neighbouring blocks (ratio estimator, batch means, what is left
 * of their dependence added) over that of independent outcomes; the bounds are those of Clopper and Pearson on the effective counts, with the correction for
 * few batches of Korn and Graubard (Survey Methodology 24, 1998). Where nothing, or everything, was bad, no dependence
 * can be seen, and the counts stand as they are. Empty blocks do no harm.
 * @param confidence of each one-sided bound, for example 0.95
 */
export const proportionOfBlocks = (blocks: readonly Block[], confidence: number): BlockProportion => {
  const filled = blocks.filter(({ n }) => n > 0)
  const n = filled.reduce((sum, block) => sum + block.n, 0)
  const bad = filled.reduce((sum, block) => sum + block.bad, 0)
  if (filled.length < 2 || bad === 0 || bad === n) {
    return { bad, n, effectiveN: n, designEffect: 1, ...proportionBounds(bad, n, confidence) }
  }
  const { effect, batches } = designEffectOf(filled, bad / n)
  const few =
    effect > 1 ? (studentQuantile(confidence, n - 1) / studentQuantile(confidence, batches - 1)) ** 2 : 1
  const effectiveN = (n / effect) * few
  const bounds = proportionBounds((bad / n) * effectiveN, effectiveN, confidence)
  return { bad, n, effectiveN, designEffect: effect, ...bounds }
}
