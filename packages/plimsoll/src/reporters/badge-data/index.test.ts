import { expect, test } from 'vitest'
import { sampleRuns } from '../../../../../test/support/sample-run/index.ts'
import badgeData from './index.ts'

const options = { width: 80, color: false, runDir: '.plimsoll/runs/one', asset: () => '' }

test('is what an endpoint badge reads, and nothing else', () => {
  expect(JSON.parse(badgeData.render(sampleRuns.complete(), options))).toEqual({
    schemaVersion: 1,
    label: 'load line',
    message: '1,340/s @ p99 200 ms',
    color: '0b5a7d',
  })
  expect(JSON.parse(badgeData.render(sampleRuns.budget(), options))).toMatchObject({
    message: 'not measured',
  })
})

test('is made where load was sent', () => {
  expect([badgeData.applies?.(sampleRuns.complete()), badgeData.applies?.(sampleRuns.budget())]).toEqual([
    true,
    false,
  ])
})
