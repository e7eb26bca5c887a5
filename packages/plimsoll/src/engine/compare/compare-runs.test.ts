import { expect, test } from 'vitest'
import { sampleRun } from '../../../../../test/support/sample-run/index.ts'
import type { Run } from '../../model/run.ts'
import { proven, type Verdict } from '../../model/verdict.ts'
import { compareRuns } from './compare-runs.ts'

type Line = { ratePerSecond: number; interval: [number, number] }

const standard = sampleRun().standards.find(({ category }) => category === 'performance')?.id ?? ''

const said = (line: Line, p99Ms: number): Verdict => ({
  ...proven({
    subject: 'GET /rooms',
    title: 'carries the load',
    detail: '',
    figures: [
      {
        name: 'p99',
        value: p99Ms,
        unit: 'ms',
        n: 900,
        interval: [p99Ms * 0.99, p99Ms * 1.01],
        method: 'ranks',
      },
      { name: 'answers', value: 12, unit: '', n: 3, interval: [11, 13], method: 'count' },
    ],
    evidence: [{ kind: 'load', title: 'load', load: { slowMs: 200, points: [], line, constraint: null } }],
  }),
  ...{ id: 'aaaa', standard, probe: 'load-line', confirmations: { passed: 1, of: 1 } },
})

const run = (line: Line, p99Ms: number, machine: Partial<Run['machine']> = {}): Run =>
  sampleRun({ verdicts: [said(line, p99Ms)], machine: { ...sampleRun().machine, ...machine } })

const line = (ratePerSecond: number, share = 0.01): Line => ({
  ratePerSecond,
  interval: [ratePerSecond * (1 - share), ratePerSecond * (1 + share)],
})

test.each([
  [line(1_000), 100, line(1_000), 100, 'same'],
  [line(1_000), 100, line(900), 100, 'worse'],
  [line(1_000), 100, line(1_100), 100, 'better'],
  [line(1_000), 100, line(1_100), 130, 'worse'],
  [line(1_000, 0.1), 100, line(1_100, 0.1), 100, "can't tell"],
] as const)('%o, p99 %d ms against %o, p99 %d ms: %s', (a, p99A, b, p99B, answer) => {
  const comparison = compareRuns(run(a, p99A), run(b, p99B), 0.05)
  expect(comparison.answer).toBe(answer)
  expect(comparison.metrics.map(({ title }) => title)).toEqual(['load line', 'p99, GET /rooms'])
  expect(comparison.notes[0]).toContain('measured at different times')
})

const growing = (exponent: number, interval: [number, number], unit = '1'): Run => ({
  ...run(line(1_000), 100),
  verdicts: [
    {
      ...said(line(1_000), 100),
      evidence: [],
      figures: [{ name: 'exponent', value: exponent, unit, n: 30, interval, method: '' }],
    },
  ],
})

test.each([
  [growing(0, [-0.02, 0.02]), growing(1, [0.95, 1.05]), 'worse'],
  [growing(1, [0.95, 1.05]), growing(0, [-0.02, 0.02]), 'better'],
  [growing(0, [-0.02, 0.02]), growing(0.01, [-0.03, 0.04]), 'same'],
  [growing(0.2, [0, 0.4]), growing(0.4, [0.3, 0.5]), "can't tell"],
  [growing(0, [0, 0.001], 'proportion'), growing(0.02, [0.015, 0.03], 'proportion'), 'worse'],
] as const)('figures that may be 0 are compared by their intervals: %#', (a, b, answer) => {
  const { metrics } = compareRuns(a, b, 0.05)
  expect(metrics).toMatchObject([{ answer, change: null }])
})

test('unlike machines are not compared', () => {
  const { answer, reason, metrics } = compareRuns(
    run(line(1_000), 100, { cores: 2 }),
    run(line(500), 100, { cores: 8 }),
    0.05,
  )
  expect({ answer, reason, metrics }).toEqual({
    answer: "can't tell",
    reason: 'they were measured on different machines: 2 and 8 cores',
    metrics: [],
  })
})

test('Runs without figures have nothing in common', () => {
  const none = sampleRun({ verdicts: [] })
  expect(compareRuns(none, none, 0.05)).toMatchObject({
    answer: "can't tell",
    reason: 'they hold no figure of performance in common',
    operations: [],
    pairs: null,
  })
})
