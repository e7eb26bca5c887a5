import { expect, test } from 'vitest'
import { experiments } from '../../experiments/catalogue.generated.ts'
import { inspections } from '../../inspections/catalogue.generated.ts'
import { standards } from '../../standards/catalogue.generated.ts'
import { plan } from './plan.ts'
import { applyOverrides } from './standards.ts'

const all = { experiments, inspections }
const planned = (only: string[], skip: string[] = []) => {
  const { experiments: dynamic, inspections: still } = plan(all, standards, { only, skip })
  return [...dynamic, ...still].map(({ id }) => id)
}
const thrownBy = (work: () => unknown) => {
  try {
    work()
    return null
  } catch (thrown) {
    return thrown
  }
}

test('everything runs, reliability first and features last', () => {
  const ids = planned([])
  expect(ids).toHaveLength(experiments.length + inspections.length)
  expect(ids[0]).toBe('crash-on-store-loss')
  expect(ids.indexOf('restart-recovery')).toBeLessThan(ids.indexOf('security-headers'))
  expect(ids.indexOf('security-headers')).toBeLessThan(ids.indexOf('query-count'))
})

test('a probe is chosen by its id, its standard or its category', () => {
  expect(planned(['slow-store'])).toEqual(['slow-store'])
  expect(planned(['reliability.shutdown'])).toEqual(['graceful-shutdown'])
  expect(planned(['performance.queries'])).toEqual(['growth', 'query-count'])
  expect(planned(['operability'])).toEqual(['health-truth'])
  expect(planned(['performance.queries'], ['growth'])).toEqual(['query-count'])
})

test('a further standard of a probe chooses it by its full id, and leaves nothing out', () => {
  const [first] = experiments.filter(({ id }) => id === 'slow-store')
  if (first === undefined) throw new Error('slow-store is gone')
  const two = { ...first, id: 'two', standard: 'performance.query', also: ['reliability.error-rate'] }
  const chosen = (only: string[], skip: string[] = []) =>
    plan({ experiments: [two], inspections: [] }, standards, { only, skip }).experiments.length
  expect([chosen(['reliability.error-rate']), chosen(['performance'])]).toEqual([1, 1])
  expect([chosen([], ['reliability.error-rate']), chosen([], ['performance'])]).toEqual([1, 0])
})

test('a word for nothing is a mistake, with the word that was meant', () => {
  expect(thrownBy(() => planned(['slow-stor']))).toMatchObject({
    code: 'E_UNKNOWN_ID',
    message: 'Nothing here is called "slow-stor".',
    hint: 'Did you mean "slow-store"?',
  })
  expect(thrownBy(() => planned([], ['quite-another-thing']))).toMatchObject({
    hint: expect.stringMatching(/^There is: /),
  })
  expect(thrownBy(() => planned(['POST /orders']))).toMatchObject({
    hint: expect.stringMatching(/^What runs is chosen by experiment, not by operation. There is: /),
  })
})

test('a probe whose standard is left out does not run', () => {
  const left = applyOverrides(standards, { 'reliability.shutdown': false }, 'plimsoll.config.json')
  expect(plan(all, left.standards, { only: [], skip: [] }).experiments.map(({ id }) => id)).not.toContain(
    'graceful-shutdown',
  )
  expect(left.overrides).toEqual({ 'reliability.shutdown': null })
})

test('a threshold of the user counts, and the default is remembered', () => {
  const changed = applyOverrides(standards, { 'reliability.recovery': 30 }, 'plimsoll.config.json')
  expect(changed.standards.find(({ id }) => id === 'reliability.recovery')?.threshold).toMatchObject({
    value: 30,
    unit: 's',
  })
  expect(changed.overrides).toEqual({ 'reliability.recovery': 300 })
  expect(standards.find(({ id }) => id === 'reliability.recovery')?.threshold.value).toBe(300)
  expect(applyOverrides(standards, undefined, 'x')).toEqual({ standards: [...standards], overrides: {} })
})

test('a threshold for no standard is a mistake in that file', () => {
  expect(
    thrownBy(() => applyOverrides(standards, { 'reliability.recovry': 30 }, 'plimsoll.config.ts')),
  ).toMatchObject({
    code: 'E_CONFIG_INVALID',
    exitCode: 2,
    message:
      'plimsoll.config.ts: "standards.reliability.recovry" is not a standard; did you mean "reliability.recovery"?',
  })
})
