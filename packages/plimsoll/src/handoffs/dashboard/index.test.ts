import { expect, test } from 'vitest'
import { handoffInput } from '../../../../../test/support/handoff-input.ts'
import dashboard from './index.ts'

test('panels do not overlap, and the load line is drawn in', () => {
  const page = JSON.parse(dashboard.make(handoffInput())[0]?.text ?? '')
  const places = page.panels.map(
    ({ gridPos: { x, y } }: { gridPos: { x: number; y: number } }) => `${x} ${y}`,
  )
  expect(new Set(places).size).toBe(page.panels.length)
  expect(page.panels[0].fieldConfig.defaults.thresholds.steps.at(-1)).toEqual({ color: 'red', value: 1340 })
  expect(new Set(page.panels.map(({ id }: { id: number }) => id)).size).toBe(page.panels.length)
})
