import { expect, test } from 'vitest'
import { createRandom } from '../random/random.ts'
import type { Block } from './blocks.ts'
import { createSequentialTest, spend } from './sequential.ts'

const LOOKS = 10
const BLOCKS_A_LOOK = 20
const RUNS = 400

/** Outcomes of a hundred, few of them bad: those of Poisson, which need few draws. */
const badOf = (mean: number, next: () => number): number => {
  const end = Math.exp(-mean)
  let bad = 0
  for (let product = next(); product > end; product *= next()) bad += 1
  return bad
}

/** What the first decided look said, and after how many outcomes. */
const run = (seed: number, share: number, memory: number) => {
  const random = createRandom(seed)
  const sequential = createSequentialTest({ limit: 0.01, alpha: 0.05 })
  const blocks: Block[] = []
  let mood = share
  for (let look = 0; look < LOOKS; look += 1) {
    for (let block = 0; block < BLOCKS_A_LOOK; block += 1) {
      if (memory > 0 && random.next() >= memory) mood = random.next() < 0.5 ? 2 * share : 0
      blocks.push({ bad: badOf(100 * mood, () => random.next()), n: 100 })
    }
    const seen = sequential.look(blocks)
    if (seen.side !== 'undecided') return { side: seen.side, n: seen.n }
  }
  return { side: 'undecided', n: LOOKS * BLOCKS_A_LOOK * 100 }
}

const runs = (share: number, memory = 0, count = RUNS) =>
  Array.from({ length: count }, (_, seed) => run(seed, share, memory))

const shareOf = (seen: ReturnType<typeof runs>, side: string) =>
  seen.filter((one) => one.side === side).length / seen.length

test('all looks together spend alpha', () => {
  const spent = Array.from({ length: 10_000 }, (_, look) => spend(0.05, look + 1))
  const total = spent.reduce((sum, part) => sum + part, 0)
  expect(total).toBeLessThan(0.05)
  expect(total).toBeGreaterThan(0.0499)
  expect(spent[0]).toBeCloseTo(0.05 / 3, 4)
})

test.each([0, 0.4])(
  'a proportion at the limit is decided in at most alpha of the runs: memory %d',
  (memory) => {
    expect(1 - shareOf(runs(0.01, memory), 'undecided')).toBeLessThanOrEqual(0.05)
  },
)

test.each([
  [0.004, 'below'],
  [0.02, 'above'],
])('a share of %d is found %s the limit', (share, side) => {
  const seen = runs(share, 0, 300)
  expect(shareOf(seen, side)).toBeGreaterThan(0.97)
  expect(shareOf(seen, side === 'below' ? 'above' : 'below')).toBe(0)
})

test('what never showed cannot be paid for: a calm that lasts as long as the first look is believed', () => {
  const calm = Array.from({ length: 20 }, () => ({ bad: 0, n: 100 }))
  const sequential = createSequentialTest({ limit: 0.01, alpha: 0.05 })
  expect(sequential.look(calm)).toMatchObject({ side: 'below', effectiveN: 2_000 })
})

test('what is far away is decided at the first look', () => {
  const sequential = createSequentialTest({ limit: 0.01, alpha: 0.05 })
  const far = Array.from({ length: 20 }, () => ({ bad: 30, n: 100 }))
  expect(sequential.look(far)).toMatchObject({ side: 'above', look: 1, n: 2_000, bad: 600 })
})

test('a look says its figures', () => {
  const sequential = createSequentialTest({ limit: 0.01, alpha: 0.05 })
  const blocks = Array.from({ length: 20 }, (_, at) => ({ bad: at % 2, n: 40 }))
  const first = sequential.look(blocks)
  const second = sequential.look(blocks)
  expect(first).toMatchObject({ side: 'undecided', look: 1, bad: 10, n: 800, effectiveN: 800 })
  expect(first.confidence).toBeCloseTo(1 - 0.05 / 3, 4)
  expect(second.confidence).toBeGreaterThan(first.confidence)
  expect(second.interval[1]).toBeGreaterThan(first.interval[1])
})

test('too few blocks decide nothing and spend nothing', () => {
  const sequential = createSequentialTest({ limit: 0.01, alpha: 0.05 })
  const few = Array.from({ length: 19 }, () => ({ bad: 30, n: 100 }))
  expect(sequential.look(few)).toMatchObject({ side: 'undecided', look: 0 })
  expect(sequential.look([...few, { bad: 30, n: 100 }])).toMatchObject({ side: 'above', look: 1 })
})
