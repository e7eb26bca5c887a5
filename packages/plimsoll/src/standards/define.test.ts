import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { standards } from './catalogue.generated.ts'
import { defineStandard } from './define.ts'

const folders = readdirSync(import.meta.dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .sort()

test('a standard has the name of its folder', () => {
  expect(standards.map((standard) => standard.id)).toEqual(folders)
})

test.each(standards.map((standard) => [standard.id, standard] as const))(
  '%s is worded as a promise',
  (id, one) => {
    expect(id.startsWith(`${one.category}.`)).toBe(true)
    expect(one.title).not.toMatch(/\.$|should|must/)
    expect(one.threshold.of === undefined).toBe(!['proportion', 'count'].includes(one.threshold.unit))
    expect(one.threshold.limit === undefined).toBe(one.threshold.limitUnit === undefined)
    expect(one.honesty).toBeTruthy()
  },
)

test('a wrong standard does not load', () => {
  const wrong = { ...standards[0], category: 'speed' }
  expect(() => Reflect.apply(defineStandard, null, [wrong])).toThrow()
})
