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

test.each<[string, Partial<GaugeReading>, string[]]>([
  ['a machine left alone', {}, []],
  ['a target that uses all there is', { appCores: 1.4, storeCores: 0.5, pressure: 0.9 }, []],
  [
    'a busy neighbour',
    { foreignCores: 0.82 },
    [
      '41 % of the processor time went to foreign processes',
      '1 % of the processor time was taken by the host of this virtual machine',
    ],
  ],
  [
    'a host that takes its share',
    { stolenCores: 0.24, foreignCores: 0 },
    ['12 % of the processor time was taken by the host of this virtual machine'],
  ],
  [
    'two that are small alone',
    { stolenCores: 0.09, foreignCores: 0.08 },
    [
      '4 % of the processor time went to foreign processes',
      '5 % of the processor time was taken by the host of this virtual machine',
    ],
  ],
  ['the same on a machine of sixteen', { stolenCores: 0.09, foreignCores: 0.8, cores: 16 }, []],
  [
    'a container at its limit',
    { throttledMs: 400 },
    ['a limit of the container kept back 10 % of the processor time'],
  ],
  [
    'a system that tells nothing',
    { foreignCores: null, stolenCores: null, throttledMs: null, pressure: null },
    [],
  ],
])('%s', (_, more, reasons) => {
  expect(noiseOf(reading(more))).toEqual({ quiet: reasons.length === 0, reasons })
})
