import { describe, expect, test } from 'vitest'
import { radicalInverse, type Shape, shapesOf } from './shapes.ts'
import { analyticTruth, quantilesOf, realisedTruth, worstError } from './truth.ts'

const SCHEDULE = { ratePerSecond: 1000, seconds: 6 }
const shapes = shapesOf(6000)

const shapeOf = (name: string): Shape => {
  const shape = shapes.find((each) => each.name === name)
  if (shape === undefined) throw new Error(`no shape ${name}`)
  return shape
}

const DENSE = { ratePerSecond: 20_000, seconds: 6 }

test.each([
  ['fixed', [100, 100, 100, 100]],
  // 200/750 of the arrivals wait for 100 to 300 ms.
  ['periodic', [100, 300 - 0.1 * 750, 300 - 0.01 * 750, 300 - 0.001 * 750]],
  // A quarter of the arrivals waits for 100 to 1600 ms.
  ['one long', [100, 1600 - 0.1 * 6000, 1600 - 0.01 * 6000, 1600 - 0.001 * 6000]],
  ['ramp', [350, 550, 595, 599.5]],
  // Beyond 150 ms there is only the long pause of 400 ms, each 2000 ms.
  ['saw-tooth', [100, 500 - 0.1 * 2000, 500 - 0.01 * 2000, 500 - 0.001 * 2000]],
  ['slow tail', [100, 100, 300 - 200 * Math.log(0.8), 300 - 200 * Math.log(0.08)]],
  ['connection', [100, 100, 400 + 800 * 0.6, 400 + 800 * 0.96]],
])('%s has the quantiles of its integral', (name, integral) => {
  const truth = analyticTruth(shapeOf(name), DENSE)
  for (const [index, value] of integral.entries())
    expect(Math.abs((truth[index] ?? 0) - value) / value).toBeLessThan(0.01)
})

describe.each(shapes.map((shape) => [shape.name, shape] as const))('%s', (_, shape) => {
  test('answers nobody before 100 ms, the same each time', () => {
    const wrong = Array.from({ length: 6000 }, (_, index) => index).filter((index) => {
      const releaseMs = shape.releaseMs(index, index)
      return releaseMs < index + 100 || releaseMs !== shape.releaseMs(index, index)
    })
    expect(wrong).toEqual([])
  })

  test('a punctual server realises it, a late one is seen to be late', () => {
    const answers = Array.from({ length: 6000 }, (_, index) => shape.releaseMs(index, index))
      .toSorted((one, other) => one - other)
      .map((dueMs) => ({ dueMs, sentMs: dueMs }))
    const late = answers.map(({ dueMs }) => ({ dueMs, sentMs: dueMs + 7 }))
    const truth = analyticTruth(shape, SCHEDULE)
    expect(realisedTruth(shape, SCHEDULE, answers)).toEqual(truth)
    const realised = realisedTruth(shape, SCHEDULE, late)
    for (const [index, value] of truth.entries()) expect(realised[index]).toBeCloseTo(value + 7, 6)
  })
})

test('one late answer is charged to those that were due with it', () => {
  const answers = Array.from({ length: 6000 }, (_, index) => ({
    dueMs: index + 100,
    sentMs: index + 100 + (index >= 300 && index < 360 ? 50 : 0),
  }))
  expect(realisedTruth(shapeOf('fixed'), SCHEDULE, answers)).toEqual([100, 100, 100, 150])
})

test('without answers there is no lateness to add', () => {
  expect(realisedTruth(shapeOf('fixed'), SCHEDULE, [])).toEqual([100, 100, 100, 100])
})

test('quantiles are those of HdrHistogram', () => {
  expect(quantilesOf(Array.from({ length: 1000 }, (_, index) => index + 1))).toEqual([500, 900, 990, 999])
})

test('the worst error is that of the worst quantile', () => {
  expect(worstError([100, 90, 110], [100, 100, 100])).toBeCloseTo(0.1)
  expect(worstError([Number.NaN], [100])).toBeNaN()
})

test('the spread is even', () => {
  expect([0, 1, 2, 3, 4, 5].map(radicalInverse)).toEqual([0, 0.5, 0.25, 0.75, 0.125, 0.625])
})
