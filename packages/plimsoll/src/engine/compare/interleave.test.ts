import { expect, test } from 'vitest'
import { createRandom } from '../../base/random/random.ts'
import { createHistogram } from '../../base/stats/histogram.ts'
import type { Window, WindowOptions } from '../../lab/load/window.ts'
import { type InterleaveOptions, interleave } from './interleave.ts'

type Nature = {
  /** of a request, milliseconds of processor time */
  costMs: number
  /** processors that others use in the window of this number */
  foreignCores?: (window: number) => number
}

type Log = string[]

/** A machine whose clock moves only as windows pass. */
const openMachine = () => {
  const state = { nowMs: 0, windows: 0 }
  const log: Log = []
  const contestant = (name: string, { costMs, foreignCores = () => 0 }: Nature) => {
    const random = createRandom(1).fork(name)
    const window = async (options: WindowOptions): Promise<Window> => {
      const { arrivals, seconds } = options
      state.nowMs += seconds * 1_000
      state.windows += 1
      log.push(arrivals.kind === 'closed' ? name.toLowerCase() : name)
      const noise = () => 0.99 + 0.02 * random.next()
      const perSecond = arrivals.kind === 'closed' ? (1_000 / costMs) * noise() : arrivals.ratePerSecond
      const answered = Math.round(perSecond * seconds)
      const latency = createHistogram()
      for (let n = 0; n < 200; n += 1) latency.record(3_000 * costMs * noise())
      return {
        arrivals,
        load: {
          ...{ startedAtMs: 0, durationMs: seconds * 1_000, sendingMs: seconds * 1_000 },
          operations: [
            {
              ...{ name: 'GET /a', meant: answered, answered, statuses: {}, errors: {}, slow: 0, bytes: 0 },
              ...{ latency: latency.data(), service: latency.data() },
            },
          ],
          lateness: createHistogram().data(),
          ticks: Array.from({ length: Math.round(seconds * 10) }, (_, tick) => ({
            ...{ atMs: tick * 100, meant: answered / 10, good: answered / 10, slow: 0, failed: 0, open: 0 },
          })),
          ...{ cpuMs: null, connectionsOpened: 1, refused: null, onlyLate: false },
        },
        gauge: {
          ...{ durationMs: seconds * 1_000, cores: 2, appBusiestThread: null, appMemoryMb: null },
          appCores: (answered * costMs * noise()) / (seconds * 1_000),
          ...{ appDescriptors: null, storeCores: null, ownCores: 0, stolenCores: 0 },
          foreignCores: foreignCores(state.windows),
          ...{ pressure: null, throttledMs: null, unmeasured: [] },
        },
        ...{ sentinel: null, sessions: null },
      }
    }
    return { window }
  }
  const run = (a: Nature, b: Nature, options: Partial<InterleaveOptions> = {}) =>
    interleave({
      open: async () => {
        log.push('open')
        return { a: contestant('A', a), b: contestant('B', b), only: ['GET /a'] }
      },
      ...{ margin: 0.05, limitMs: 120_000 },
      ...{ nowMs: () => state.nowMs, signal: new AbortController().signal, onNote: () => {} },
      ...options,
    })
  return { run, log }
}

test('a tenth more work is worse, after two rounds of new processes', async () => {
  const { run, log } = openMachine()
  const said = await run({ costMs: 1 }, { costMs: 1.1 })
  expect(said.answer).toBe('worse')
  expect(said.pairs).toEqual({ used: 12, repeated: 0, rounds: 2 })
  expect(said.ratePerSecond).toBeGreaterThan(300)
  expect(said.ratePerSecond).toBeLessThan(330)
  expect(said.metrics.find(({ id }) => id === 'cost')?.change).toBeCloseTo(0.1, 1)
  expect(log.filter((step) => step === 'open')).toHaveLength(2)
})

test('both sides get as many windows, in the order A, B, B, A', async () => {
  const { run, log } = openMachine()
  await run({ costMs: 1 }, { costMs: 1 })
  expect(log.filter((step) => step === 'A' || step === 'B').join('')).toBe('ABBA'.repeat(6))
  expect(log.filter((step) => step === 'a')).toHaveLength(log.filter((step) => step === 'b').length)
})

test('the same work is the same', async () => {
  const said = await openMachine().run({ costMs: 1 }, { costMs: 1 })
  expect(said).toMatchObject({ answer: 'same', reason: 'no figure differs by more than the margin' })
})

test('a pair that others disturbed is measured again', async () => {
  const { run } = openMachine()
  const said = await run({ costMs: 1, foreignCores: (window) => (window % 20 < 3 ? 0.8 : 0) }, { costMs: 1 })
  expect(said.answer).toBe('same')
  expect(said.pairs.used).toBe(12)
  expect(said.pairs.repeated).toBeGreaterThan(0)
})

test('a machine that is never quiet gives no answer, and says why', async () => {
  const said = await openMachine().run({ costMs: 1, foreignCores: () => 0.8 }, { costMs: 2 })
  expect(said).toMatchObject({
    answer: "can't tell",
    pairs: { used: 0, repeated: 7, rounds: 0 },
    reason:
      'the machine was not quiet: 7 pairs of blocks were of no use (40 % of the processor time went to foreign processes)',
  })
})

test('too little time gives no answer', async () => {
  const said = await openMachine().run({ costMs: 1 }, { costMs: 2 }, { limitMs: 40_000 })
  expect(said).toMatchObject({
    answer: "can't tell",
    reason: 'the time was too short: 40 s hold less than 2 rounds',
    pairs: { used: 0, rounds: 0 },
  })
})

test('what was measured stands when there is no time for another round', async () => {
  const { run } = openMachine()
  const said = await run({ costMs: 1 }, { costMs: 1.04 }, { limitMs: 70_000, margin: 0.041 })
  expect(said.pairs.rounds).toBe(2)
})

test('ends with the reason of the signal', async () => {
  const controller = new AbortController()
  controller.abort(new Error('enough'))
  await expect(
    openMachine().run({ costMs: 1 }, { costMs: 1 }, { signal: controller.signal }),
  ).rejects.toThrow('enough')
})
