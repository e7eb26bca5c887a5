import { expect, test } from 'vitest'
import { createRandom } from '../../base/random/random.ts'
import { conclude, isDecided } from './conclude.ts'
import { type BlockFigures, judgePairs, type Round } from './judge-pairs.ts'

type Difference = { slower?: number; noise?: number; process?: number; fails?: number }

/** Three rounds of six pairs; each block has noise of its own, and each process keeps what makes it faster or slower. */
const measured = (
  seed: number,
  { slower = 1, noise = 0.03, process = 0.01, fails = 0 }: Difference,
): Round[] => {
  const random = createRandom(seed)
  const around = (width: number) =>
    Math.exp(width * (random.next() + random.next() + random.next() - 1.5) * 2)
  const block = (cost: number, share: number): BlockFigures => ({
    cost: 0.4 * cost * around(noise / 2),
    storeCost: 0.2 * around(noise),
    rate: (2_000 / cost) * around(noise),
    median: 1.2 * cost * around(noise),
    p99: 6 * cost * around(4 * noise),
    failed: Array.from({ length: 10 }, (_, tick) => ({
      bad: tick === 3 ? Math.round(share * 1_000) : 0,
      n: 100,
    })),
  })
  return Array.from({ length: 3 }, () => {
    const [a, b] = [around(process), slower * around(process)]
    return Array.from({ length: 6 }, () => ({ a: block(a, 0), b: block(b, fails) }))
  })
}

const seeds = Array.from({ length: 60 }, (_, seed) => seed)
const answers = (difference: Difference) =>
  seeds.map((seed) => conclude(judgePairs(measured(seed, difference), 0.05, 2)).answer)
const count = (said: readonly string[], word: string) => said.filter((one) => one === word).length

test('a tenth slower is worse, a tenth faster better', () => {
  expect(count(answers({ slower: 1.1 }), 'worse')).toBe(seeds.length)
  expect(count(answers({ slower: 1 / 1.1 }), 'better')).toBe(seeds.length)
})

test('nothing changed is never worse and never better', () => {
  for (const difference of [{}, { noise: 0.1 }]) {
    const said = answers(difference)
    expect([count(said, 'worse'), count(said, 'better')]).toEqual([0, 0])
  }
  const unlike = answers({ process: 0.02 })
  expect(count(unlike, 'worse') + count(unlike, 'better')).toBeLessThan(3)
  expect(count(answers({ noise: 0.01, process: 0.005 }), 'same')).toBeGreaterThan(50)
})

test('too much noise cannot be told', () => {
  expect(count(answers({ slower: 1.1, noise: 0.6 }), 'worse')).toBeLessThan(10)
})

test('failing more is worse, though nothing is slower', () => {
  const [first] = seeds.map((seed) => judgePairs(measured(seed, { fails: 0.05 }), 0.05, 2))
  expect(first?.find(({ id }) => id === 'failures')).toMatchObject({
    answer: 'worse',
    a: 0,
    b: 0.05,
    n: 36_000,
  })
  expect(conclude(first ?? []).answer).toBe('worse')
})

test('what the system does not tell decides nothing', () => {
  const rounds = measured(1, { noise: 0.01, process: 0.005 }).map((round) =>
    round.map(({ a, b }) => ({ a: { ...a, cost: null }, b: { ...b, cost: null, storeCost: null } })),
  )
  const metrics = judgePairs(rounds, 0.05, 2)
  expect(metrics.find(({ id }) => id === 'cost')).toMatchObject({
    answer: "can't tell",
    why: 'this system does not tell it',
    a: null,
    change: null,
    interval: null,
  })
  expect(conclude(metrics).answer).toBe('same')
})

test('few pairs bound nothing', () => {
  const [round] = measured(1, {})
  const metrics = judgePairs([round?.slice(0, 3) ?? []], 0.05, 1)
  expect(metrics[0]).toMatchObject({
    answer: "can't tell",
    why: 'there are too few pairs',
    n: 3,
    interval: null,
  })
  expect(isDecided(metrics)).toBe(false)
  expect(judgePairs([], 0.05, 1).every(({ answer }) => answer === "can't tell")).toBe(true)
})
