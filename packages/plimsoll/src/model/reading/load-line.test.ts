import { expect, test } from 'vitest'
import { sampleRun, sampleRuns } from '../../../../../test/support/sample-run/index.ts'
import { load, overloaded } from '../../../../../test/support/sample-run/load.ts'
import { verdict } from '../../../../../test/support/sample-run/verdict.ts'
import type { LoadChart } from '../evidence.ts'
import type { Verdict } from '../verdict.ts'
import { readLoadBadge } from './load-badge.ts'
import { readLoadLine, tellLoad } from './load-line.ts'

const shown = (chart: LoadChart, status: Verdict['status'] = 'proven') =>
  verdict({
    ...{ id: status.slice(0, 4), status, probe: 'load-line', standard: 'performance.api' },
    ...{ subject: 'load line', title: 'load', detail: 'load' },
    evidence: [{ kind: 'load', title: 'load', load: chart }],
  })

const [first, ...others] = load.points
if (first === undefined) throw new Error('no points')

const sides = (...said: readonly (typeof first.side)[]): LoadChart => ({
  ...load,
  ...{ line: null, constraint: null },
  points: said.map((side, index) => ({ ...first, side, ratePerSecond: 100 * 2 ** index })),
})

test.each(['proven', 'refuted', 'inconclusive'] as const)('is read from a verdict that is %s', (status) => {
  const found = readLoadLine({ verdicts: [shown(load, status)] })
  expect(found?.verdict.status).toBe(status)
  expect(found?.load.line?.ratePerSecond).toBe(1_340)
})

test('a chart with a line is preferred, and one without points says nothing', () => {
  const found = readLoadLine({ verdicts: [shown(overloaded, 'refuted'), shown(load)] })
  expect(found?.load).toEqual(load)
  expect(readLoadLine({ verdicts: [shown({ ...load, points: [], line: null })] })).toBeNull()
  expect(readLoadLine(sampleRuns.notReady())).toBeNull()
})

test.each<[string, LoadChart, string[], string]>([
  [
    'a line',
    load,
    ['1,340/s (1,290–1,390) at p99 < 200 ms', 'limited by the pool of 10'],
    '1,340/s @ p99 200 ms',
  ],
  [
    'no rate inside',
    overloaded,
    ['below any rate: at 10/s, the lowest tried, p99 was 640 ms', 'limited by the event loop'],
    'below any rate',
  ],
  [
    'errors at every rate',
    { ...load, line: null, constraint: null, points: [{ ...first, side: 'outside', failedShare: 0.021 }] },
    ['below any rate: at 100/s, the lowest tried, 2.1 % of the requests failed'],
    'below any rate',
  ],
  [
    'no rate outside',
    { ...sides('inside', 'inside', 'undecided'), constraint: 'the event loop' },
    ['above 200/s, the highest rate tried, at p99 < 200 ms'],
    'over 200/s @ p99 200 ms',
  ],
  [
    'a search that was cut short',
    sides('inside', 'undecided', 'outside'),
    ['not found: inside the standard at 100/s, outside at 400/s'],
    'not found',
  ],
  [
    'nothing decided',
    sides('undecided'),
    ['not found: no rate could be called inside the standard or outside'],
    'not found',
  ],
])('%s is told, and so is its badge', (_, chart, told, badge) => {
  expect(tellLoad(chart)).toEqual(told)
  expect(readLoadBadge({ verdicts: [shown(chart)] })).toMatchObject({ label: 'load line', message: badge })
})

test('the order of the points changes nothing', () => {
  expect(tellLoad({ ...load, points: [...others, first] })).toEqual(tellLoad(load))
  expect(tellLoad({ ...overloaded, points: overloaded.points.toReversed() })).toEqual(tellLoad(overloaded))
})

test('without load there is a badge that says so', () => {
  expect(readLoadBadge(sampleRun({ verdicts: [] })).message).toBe('not measured')
})
