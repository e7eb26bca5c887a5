import { expect, test } from 'vitest'
import { GaugeReading } from '../../model/gauge.ts'
import { noiseOf } from './noise.ts'

const reading = (more: Partial<GaugeReading>): GaugeReading =>
  GaugeReading.parse({
    durationMs: 2_000,
    cores: 2,
    appCores: 0.9,
    appBusiestThread: 0.8,
    appMemoryMb: 90,
    appDescriptors: 30,
    storeCores: 0.4,
    ownCores: 0.3,
    foreignCores: 0.02,
    stolenCores: 0.01,
    pressure: 0.2,
    throttledMs: 0,
    unmeasured: [],
    ...more,
  })

test.each<[string, Partial<GaugeReading>, string | null]>([
  ['a machine left alone', {}, null],
  ['a target that uses all there is', { appCores: 1.4, storeCores: 0.5, pressure: 0.9 }, null],
  [
    'a busy neighbour',
    { foreignCores: 0.82, stolenCores: 0 },
    '41 % of the processor time went to foreign processes',
  ],
  [
    'a host that takes its share',
    { stolenCores: 0.44, foreignCores: 0 },
    '22 % of the processor time was taken by the host of this machine',
  ],
  ['a host that takes what hosts take', { stolenCores: 0.2, foreignCores: 0.1 }, null],
  [
    'both are told where one is too much',
    { stolenCores: 0.2, foreignCores: 0.2 },
    '10 % of the processor time went to foreign processes, 10 % of the processor time was taken by the host of this machine',
  ],
  ['the same on a machine of sixteen', { stolenCores: 0.09, foreignCores: 0.8, cores: 16 }, null],
  [
    'a container at its limit',
    { throttledMs: 400 },
    '10 % of the processor time was kept back by a limit of the container',
  ],
  [
    'a system that tells nothing',
    { foreignCores: null, stolenCores: null, throttledMs: null, pressure: null },
    null,
  ],
])('%s', (_, more, reason) => {
  expect(noiseOf({ gauge: reading(more) }).reason).toBe(reason)
})

test('the share is told whether or not it is too much, and how much is too much may be said', () => {
  const gauge = reading({ foreignCores: 0.125, stolenCores: 0 })
  expect(noiseOf({ gauge })).toEqual({ foreignShare: 0.0625, reason: null })
  expect(noiseOf({ gauge }, { mostForeign: 0.05 }).reason).toContain(
    '6 % of the processor time went to foreign processes',
  )
})
