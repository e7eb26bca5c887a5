import { type Block, proportionOfBlocks } from './blocks.ts'

export type Look = {
  /** where the true proportion lies, seen from the limit */
  side: 'below' | 'above' | 'undecided'
  bad: number
  n: number
  effectiveN: number
  /** the proportion lies in it with `confidence`, at this look */
  interval: [number, number]
  confidence: number
  /** 1 for the first that could decide */
  look: number
}

export type SequentialTest = {
  /** @param blocks everything seen until now, in order of time: what earlier looks saw is part of it */
  look(blocks: readonly Block[]): Look
}

/**
 * What of the error probability `alpha` may be used at the `look`th look (from 1), if the number of looks is not known
 * before: 2 · alpha / ((look + 1) · (look + 2)), a third at the first look and all of it over any number of looks. The
 * first gets no more because dependence in time is least well known then.
 */
export const spend = (alpha: number, look: number): number => (2 * alpha) / ((look + 1) * (look + 2))

/** Fewer say too little of how outcomes depend on those before them. */
const FEWEST_BLOCKS = 20

/**
 * Decides on which side of a limit a proportion lies, and may be asked again as more is seen: each look spends a part
 * of `alpha` (by `spend`), so that all of them together call a proportion that is not above the limit `above`, or one
 * that is not below it `below`, with at most that probability. Dependence in time is paid for as in `proportionOfBlocks`;
 * where it lasts longer than half of what was seen, more is called wrongly, and so is a service whose bad outcomes come
 * in clumps so rare that none came yet: what did not show cannot be paid for. Fewer than 20 blocks that hold outcomes
 * decide nothing and spend nothing.
 * @param alpha for example 0.05
 */
export const createSequentialTest = ({ limit, alpha }: { limit: number; alpha: number }): SequentialTest => {
  let looks = 0
  return {
    look: (blocks) => {
      const enough = blocks.filter(({ n }) => n > 0).length >= FEWEST_BLOCKS
      if (enough) looks += 1
      const spent = spend(alpha, Math.max(1, looks))
      const { bad, n, effectiveN, lower, upper } = proportionOfBlocks(blocks, 1 - spent / 2)
      const side = !enough ? 'undecided' : upper < limit ? 'below' : lower > limit ? 'above' : 'undecided'
      return { side, bad, n, effectiveN, interval: [lower, upper], confidence: 1 - spent, look: looks }
    },
  }
}
