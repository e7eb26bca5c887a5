// What one record costs, in a process of its own: node record-cost.js <kind> <module>. Prints nanoseconds of CPU.
import { createRequire } from 'node:module'
import { createHistogram as createNative } from 'node:perf_hooks'
import { pathToFileURL } from 'node:url'

const [kind = '', path = ''] = process.argv.slice(2)
const TIMES = 2_000_000
const ROUNDS = 10
const HIGHEST_US = 3_600_000_000

/** Log-normal around some milliseconds, as latencies are. */
const values = Float64Array.from({ length: 4096 }, (_, index) =>
  Math.round(Math.exp(8 + 3 * Math.sin(index * 12.9898) * Math.cos(index * 78.233))),
)

const openers = {
  plimsoll: async () => {
    const { createHistogram } = await import(pathToFileURL(path).href)
    const histogram = createHistogram()
    return (us) => histogram.record(us)
  },
  perf_hooks: () => {
    const histogram = createNative({ lowest: 1, highest: HIGHEST_US, figures: 3 })
    return (us) => histogram.record(us)
  },
  'hdr-histogram-js': () => {
    const hdr = createRequire(path)('hdr-histogram-js')
    const histogram = hdr.build({
      bitBucketSize: 64,
      lowestDiscernibleValue: 1,
      highestTrackableValue: HIGHEST_US,
      numberOfSignificantValueDigits: 3,
    })
    return (us) => histogram.recordValue(us)
  },
}

const record = await openers[kind]()
let bestNs = Number.POSITIVE_INFINITY
for (let round = 0; round < ROUNDS; round += 1) {
  const before = process.cpuUsage()
  for (let index = 0; index < TIMES; index += 1) record(values[index & 4095])
  const { user, system } = process.cpuUsage(before)
  bestNs = Math.min(bestNs, ((user + system) * 1000) / TIMES)
}
console.log(`ns ${bestNs.toFixed(1)}`)
