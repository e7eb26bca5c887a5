import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { handoffInput } from '../../../../../test/support/handoff-input.ts'
import alerts from './index.ts'

test('rules hold the thresholds of the standards, and the load line', () => {
  const { groups } = parse(alerts.make(handoffInput())[0]?.text ?? '')
  const rules: { alert: string; expr: string }[] = groups[0].rules
  expect(rules.map(({ alert }) => alert)).toEqual([
    'Down',
    'ErrorsFast',
    'ErrorsSlow',
    'Slow',
    'NearLoadLine',
  ])
  expect(rules[1]?.expr).toContain('> 0.0144')
  expect(rules[3]?.expr).toMatch(/> 0\.2$/)
  expect(rules[4]?.expr).toMatch(/> 1032$/)
  for (const { expr } of rules) expect(expr.match(/\(/g)?.length).toBe(expr.match(/\)/g)?.length)
})
