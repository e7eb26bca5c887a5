import { openLoadBench } from '../../lab/load/open-load-bench.ts'
import { defineExperiment } from '../define.ts'
import { judge } from './judge.ts'
import { measure } from './measure.ts'
import { Seen } from './seen.ts'

/**
 * **Contract:** nothing that was sent is dropped; the workload's writes are those that can be repeated. What the target
 * does under load, its death included, is an observation.
 */
export default defineExperiment<Seen>({
  id: 'load-line',
  title: 'carries the load that it has to',
  standard: 'performance.throughput',
  also: ['performance.api', 'reliability.error-rate'],
  needs: ['http'],
  effect: 'writes',
  cost: { seconds: 45 },
  quiet: true,
  observes: Seen,
  async run(lab, context) {
    const bench = await openLoadBench(lab, { signal: context.signal })
    try {
      return await measure(lab, bench, context)
    } finally {
      await bench.close()
    }
  },
  judge,
})
