import { expect, test } from 'vitest'
import { sampleRun, sampleRuns } from '../../../../../test/support/sample-run/index.ts'
import { overloaded } from '../../../../../test/support/sample-run/load.ts'
import { verdict } from '../../../../../test/support/sample-run/verdict.ts'
import badge from './index.ts'

const options = { width: 80, color: false, runDir: '.plimsoll/runs/one', asset: () => '' }

const withoutLine = sampleRun({
  verdicts: [
    verdict({
      ...{ id: 'ldl1', status: 'refuted', severity: 'high', probe: 'load-line', standard: 'performance.api' },
      ...{ subject: 'load line', title: 'It is slow at any rate', detail: 'p99 640 ms at 10/s' },
      evidence: [{ kind: 'load', title: 'Requests a second against time to answer', load: overloaded }],
    }),
  ],
})

test('says the line to the eye and to a screen reader', () => {
  const picture = badge.render(sampleRun(), options)
  expect(picture).toContain('aria-label="load line: 1,340/s @ p99 200 ms"')
  expect(picture).toContain('<title>load line: 1,340/s @ p99 200 ms</title>')
  expect(picture).toMatch(/>1,340\/s @ p99 200 ms<\/text>/)
  expect(picture).toMatchSnapshot()
})

test('fetches nothing from anywhere', () => {
  const picture = badge.render(sampleRun(), options)
  expect(picture).not.toMatch(/href|url\((?!#)|@import|<style|<script/)
})

test('is made where load was sent, and does not hide that nothing was measured', () => {
  expect(badge.applies?.(sampleRun())).toBe(true)
  expect(badge.applies?.(withoutLine)).toBe(true)
  expect(badge.applies?.(sampleRuns.notReady())).toBe(false)
  expect(badge.render(withoutLine, options)).toContain('load line: below any rate')
  expect(badge.render(sampleRuns.notReady(), options)).toContain('load line: not measured')
})
