import { expect, test } from 'vitest'
import { createRandom } from '../../base/random/random.ts'
import { type AskAt, findLine } from './find-line.ts'
import type { Probe } from './seen.ts'

const probe = (ratePerSecond: number, step: Probe['step'], side: Probe['side']): Probe => ({
  ...{ ratePerSecond, step, side },
  sendingMs: 2_000,
  n: Math.round(ratePerSecond * 2),
  slow: 0,
  failed: 0,
  goodPerSecond: ratePerSecond,
  p50Ms: 5,
  p99Ms: 40,
  p99IntervalMs: null,
  reliability: side === 'undecided' ? 0.85 : 0.93,
  why: '',
  noise: null,
})

/** A service with that line: near it the answer is a matter of luck, and one probe in twenty is wrong anywhere. */
const service = (line: number, seed: number, wrong = 0.03, soft = 0.02): AskAt => {
  const random = createRandom(seed)
  return async (rate, { step }) => {
    const nearness = (Math.log(rate) - Math.log(line)) / soft
    const truth = 1 / (1 + Math.exp(-nearness)) > random.next()
    const isOutside = random.next() < wrong ? !truth : truth
    return probe(rate, step, isOutside ? 'outside' : 'inside')
  }
}

const search = (line: number, parts: Partial<Parameters<typeof findLine>[0]> = {}, seed = 1) =>
  findLine({
    ask: service(line, seed),
    capacityPerSecond: line * 1.08,
    thresholdPerSecond: 1_000,
    goOn: () => true,
    ...parts,
  })

test('finds the line of a noisy service, again and again', async () => {
  const found = await Promise.all(Array.from({ length: 40 }, (_, seed) => search(1_340, {}, seed)))
  const lines = found.map(({ line }) => line?.ratePerSecond ?? 0)
  const near = lines.filter((line) => Math.abs(line / 1_340 - 1) < 0.08)
  expect(near.length).toBeGreaterThanOrEqual(35)
  const held = found.filter(
    ({ line }) => line !== null && line.interval[0] <= 1_340 * 1.02 && line.interval[1] >= 1_340 * 0.98,
  )
  expect(held.length).toBeGreaterThanOrEqual(34)
})

test.each([
  ['as often wrong as it is trusted to be', 0.07, 0.001],
  ['a matter of luck near the line', 0.03, 0.015],
])('the interval holds the line in 95 of 100 searches: %s', async (_, wrong, soft) => {
  const seeds = Array.from({ length: 150 }, (_one, seed) => seed)
  const found = await Promise.all(
    seeds.map((seed) => search(1_340, { ask: service(1_340, seed, wrong, soft) })),
  )
  const held = found.filter(({ line }) => line && line.interval[0] <= 1_340 && 1_340 <= line.interval[1])
  expect(held.length / seeds.length).toBeGreaterThan(0.92)
})

test('asks less where no rate in between would change what is said', async () => {
  const far = await search(90, { thresholdPerSecond: 400 })
  const close = await search(1_050)
  expect(far.probes.length).toBeLessThan(close.probes.length)
  expect(far.line?.interval[1]).toBeLessThan(120)
})

test('a capacity that was taken too low, or too high, costs a few probes more', async () => {
  expect(
    (await search(1_340, { capacityPerSecond: 300, ask: service(1_340, 1, 0) })).line?.ratePerSecond,
  ).toBeGreaterThan(1_200)
  expect(
    (await search(80, { capacityPerSecond: 2_000, ask: service(80, 1, 0) })).line?.ratePerSecond,
  ).toBeLessThan(100)
})

test('no rate inside, none outside, and none that could be sent: there is no line', async () => {
  const always =
    (side: Probe['side']): AskAt =>
    async (rate, { step }) =>
      probe(rate, step, side)
  expect((await search(100, { ask: always('outside') })).line).toBeNull()
  expect((await search(100, { ask: always('inside') })).line).toBeNull()
  expect(await search(100, { ask: async () => null })).toEqual({ line: null, probes: [] })
})

test('ends when it may not go on', async () => {
  let left = 3
  const goOn = () => {
    left -= 1
    return left >= 0
  }
  expect((await search(1_340, { goOn })).probes).toHaveLength(3)
})
