import { expect, test } from 'vitest'
import type { Answer, MetricComparison } from './comparison.ts'
import { conclude, isDecided } from './conclude.ts'

const metric = (answer: Answer, title: string, value: number | null = 1): MetricComparison => ({
  ...{ id: title, title, unit: 'ms', better: 'lower', answer, why: null, n: 12 },
  ...{ a: value, b: value, change: 0, interval: [0, 0], confidence: 0.99, method: '' },
})

const said = (...answers: Answer[]) => answers.map((answer, index) => metric(answer, `m${index}`))

test.each([
  [['same', 'same'], 'same', 'no figure differs by more than the margin', true],
  [['same', 'worse', 'better'], 'worse', 'worse: m1, though better: m2', true],
  [['worse', "can't tell"], 'worse', 'worse: m0', true],
  [['better', 'same'], 'better', 'better: m0', true],
  [['better', "can't tell"], 'better', 'better: m0', false],
  [['same', "can't tell"], "can't tell", 'not decided: m1', false],
  [[], "can't tell", 'no figure could be compared', false],
] as const)('%o', (answers, answer, reason, decided) => {
  const metrics = said(...answers)
  expect(conclude(metrics)).toEqual({ answer, reason })
  expect(isDecided(metrics)).toBe(decided)
})

test('a figure without numbers is left out', () => {
  expect(conclude([metric('same', 'a'), metric("can't tell", 'b', null)]).answer).toBe('same')
})
