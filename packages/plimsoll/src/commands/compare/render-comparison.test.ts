import { expect, test } from 'vitest'
import type { Comparison, MetricComparison } from '../../engine/compare/comparison.ts'
import { renderComparison } from './render-comparison.ts'

const metric = (parts: Partial<MetricComparison>): MetricComparison => ({
  ...{ id: 'cost', title: 'app CPU a request', unit: 'ms', better: 'lower', answer: 'worse', why: null },
  ...{ a: 0.4119, b: 0.4553, change: 0.1054, interval: [0.081, 0.126], confidence: 0.99, n: 12, method: '' },
  ...parts,
})

const comparison: Comparison = {
  ...{ how: 'interleaved', answer: 'worse', reason: 'worse: app CPU a request; highest rate' },
  a: { name: 'main', commit: '3f2c91e0aa3f2c91e0aa3f2c91e0aa3f2c91e0aa' },
  b: { name: '.', commit: null },
  metrics: [
    metric({}),
    metric({
      ...{ title: 'highest rate', unit: '/s', a: 2_412.3, b: 2_190.1, change: -0.092 },
      interval: [-0.113, -0.071],
    }),
    metric({
      title: 'p99 response time',
      a: 8.42,
      b: 8.9,
      change: 0.057,
      interval: null,
      answer: "can't tell",
    }),
    metric({ title: 'failed requests', unit: 'share', a: 0, b: 0.0012, change: null, answer: 'same' }),
  ],
  operations: ['GET /events', 'GET /events/:id'],
  left: [{ name: 'POST /bookings', reason: 'its answer changed from 201 to 409 when it was repeated' }],
  ratePerSecond: 760,
  pairs: { used: 12, repeated: 2, rounds: 2 },
  ...{ margin: 0.05, seed: 1, durationMs: 81_000 },
  machine: { cores: 2, memoryMb: 4_096, platform: 'linux', node: '20.20.0' },
  notes: ['a side had not settled when it was measured'],
}

test('the answer, its figures, and what limits it, in 80 columns', () => {
  const text = renderComparison(comparison, 80)
  expect(text).toMatchInlineSnapshot(`
    "⦵ worse   A main (3f2c91e) · B .
      worse: app CPU a request; highest rate

                                A         B  B against A
      app CPU a request  0.412 ms  0.455 ms  +10.5 % (+8.1 … +12.6)  worse
      highest rate        2,410/s   2,190/s  −9.2 % (−11.3 … −7.1)   worse
      p99 response time   8.42 ms    8.9 ms  +5.7 %                  can't tell
      failed requests         0 %    0.12 %                          same

      12 pairs of blocks in 2 rounds, 2 measured again · 2 operations · response
        times at 760/s · 2 cores · a change within 5 % is none · 1 min 21 s
      a side had not settled when it was measured
      not sent: POST /bookings, its answer changed from 201 to 409 when it was
        repeated
    "
  `)
  expect(text.split('\n').filter((line) => line.length > 80)).toEqual([])
})
