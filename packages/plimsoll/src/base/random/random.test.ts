import { expect, test } from 'vitest'
import { createRandom } from './random.ts'

const take = (seed: number, n = 1_000) => {
  const random = createRandom(seed)
  return Array.from({ length: n }, () => random.next())
}

test('the same seed gives the same stream, another one another', () => {
  expect(take(1)).toEqual(take(1))
  expect(take(1)).not.toEqual(take(2))
  expect(take(1, 3)).toMatchInlineSnapshot(`
    [
      0.6270739405881613,
      0.002735721180215478,
      0.5274470399599522,
    ]
  `)
})

test('numbers are spread over [0, 1)', () => {
  const numbers = take(7, 10_000)
  expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0)
  expect(Math.max(...numbers)).toBeLessThan(1)
  for (let tenth = 0; tenth < 10; tenth += 1) {
    const share = numbers.filter((value) => Math.floor(value * 10) === tenth).length
    expect(share).toBeGreaterThan(850)
    expect(share).toBeLessThan(1_150)
  }
})

test('integers keep to both ends', () => {
  const random = createRandom(3)
  const seen = new Set(Array.from({ length: 500 }, () => random.integer(-1, 2)))
  expect([...seen].sort((a, b) => a - b)).toEqual([-1, 0, 1, 2])
})

test('a fork is named by its label and does not depend on what was taken', () => {
  const used = createRandom(5)
  used.next()
  expect(used.fork('load').next()).toBe(createRandom(5).fork('load').next())
  expect(createRandom(5).fork('load').next()).not.toBe(createRandom(5).fork('faults').next())
})

test('picks and words', () => {
  const random = createRandom(1)
  expect(random.pick([])).toBeUndefined()
  expect(['a', 'b']).toContain(random.pick(['a', 'b']))
  expect(random.word()).toMatch(/^[a-z0-9]{8}$/)
  expect(random.word(0)).toBe('')
})
