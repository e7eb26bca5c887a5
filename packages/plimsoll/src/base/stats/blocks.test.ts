import { expect, test } from 'vitest'
import { createRandom } from '../random/random.ts'
import { type Block, proportionOfBlocks } from './blocks.ts'
import { proportionBounds } from './clopper-pearson.ts'

const PER_BLOCK = 50

/** Blocks in which `share` is bad on average; each repeats the mood of the one before with probability `memory`. */
const clumped = (seed: number, count: number, share: number, memory: number): Block[] => {
  const random = createRandom(seed)
  let mood = 0
  return Array.from({ length: count }, () => {
    // Moods are 0 or 4 shares, so that the mean stays what it is.
    if (random.next() >= memory) mood = random.next() < 0.25 ? 4 * share : 0
    const bad = Array.from({ length: PER_BLOCK }).filter(() => random.next() < mood).length
    return { bad, n: PER_BLOCK }
  })
}

const independent = (seed: number, count: number, share: number): Block[] => {
  const random = createRandom(seed)
  return Array.from({ length: count }, () => ({
    bad: Array.from({ length: PER_BLOCK }).filter(() => random.next() < share).length,
    n: PER_BLOCK,
  }))
}

const seeds = Array.from({ length: 300 }, (_, seed) => seed)

test('nothing bad stands as it is, and so does everything bad', () => {
  const clean = Array.from({ length: 10 }, () => ({ bad: 0, n: 300 }))
  expect(proportionOfBlocks(clean, 0.95)).toEqual({
    bad: 0,
    n: 3_000,
    effectiveN: 3_000,
    designEffect: 1,
    ...proportionBounds(0, 3_000, 0.95),
  })
  expect(proportionOfBlocks([{ bad: 4, n: 4 }], 0.95)).toMatchObject({ upper: 1, effectiveN: 4 })
  expect(proportionOfBlocks([], 0.95)).toMatchObject({ n: 0, lower: 0, upper: 1 })
})

test('bad outcomes in one clump tell less than the same number spread out', () => {
  const spread = Array.from({ length: 40 }, (_, at) => ({ bad: at % 2, n: 50 }))
  const clump = Array.from({ length: 40 }, (_, at) => ({ bad: at < 2 ? 10 : 0, n: 50 }))
  expect(proportionOfBlocks(spread, 0.95)).toMatchObject({ bad: 20, designEffect: 1, effectiveN: 2_000 })
  const together = proportionOfBlocks(clump, 0.95)
  expect(together.bad).toBe(20)
  expect(together.effectiveN).toBeLessThan(300)
  expect(together.upper).toBeGreaterThan(proportionOfBlocks(spread, 0.95).upper)
})

test('empty blocks do no harm', () => {
  const blocks = independent(1, 50, 0.05)
  const padded = blocks.flatMap((block) => [block, { bad: 0, n: 0 }])
  expect(proportionOfBlocks(padded, 0.95)).toEqual(proportionOfBlocks(blocks, 0.95))
})

test.each([
  { memory: 0, count: 100 },
  { memory: 0.7, count: 100 },
  { memory: 0.9, count: 300 },
])('the bounds keep their promise for clumps: memory $memory, $count blocks', ({ memory, count }) => {
  const share = 0.02
  const misses = (side: 'upper' | 'lower') =>
    seeds.filter((seed) => {
      const { lower, upper } = proportionOfBlocks(clumped(seed, count, share, memory), 0.95)
      return side === 'upper' ? upper < share : lower > share
    }).length / seeds.length
  // Few clumps make skewed counts, for which an interval made of a variance falls a little short above.
  expect(misses('upper')).toBeLessThan(0.12)
  expect(misses('lower')).toBeLessThan(0.06)
  const bare = seeds.filter((seed) => {
    const { bad, n } = proportionOfBlocks(clumped(seed, count, share, memory), 0.95)
    return proportionBounds(bad, n, 0.95).upper < share
  }).length
  expect(bare / seeds.length).toBeGreaterThan(0.12)
})

test('independent outcomes lose a quarter, for the doubt that they are', () => {
  const shares = seeds.map((seed) => {
    const { effectiveN, n } = proportionOfBlocks(independent(seed, 100, 0.02), 0.95)
    return effectiveN / n
  })
  expect(shares.reduce((sum, share) => sum + share, 0) / shares.length).toBeGreaterThan(0.65)
  const wrong = seeds.filter((seed) => proportionOfBlocks(independent(seed, 100, 0.02), 0.95).upper < 0.02)
  expect(wrong.length / seeds.length).toBeLessThanOrEqual(0.06)
})
