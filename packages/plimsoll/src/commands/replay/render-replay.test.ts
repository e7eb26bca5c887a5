import { expect, test } from 'vitest'
import { integrity } from '../../../../../test/support/sample-run/integrity.ts'
import { renderReplay } from './render-replay.ts'

test('the order that was forced is drawn in the columns of a terminal', () => {
  const [finding] = integrity
  if (!finding) throw new Error('no finding')
  const text = renderReplay(finding, { judgement: finding, reproduced: true })
  const drawn = text.split('\n').filter((line) => /[│├┬┴┆]/.test(line))
  expect(drawn).toHaveLength(14)
  expect(drawn.filter((line) => line.length > 80)).toEqual([])
  expect(text).toContain('A read, B read, B wrote, A wrote')
})
