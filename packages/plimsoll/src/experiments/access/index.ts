import { defineExperiment } from '../define.ts'
import { castOf } from './actors.ts'
import { openBench } from './bench.ts'
import { judge } from './judge.ts'
import { kindsOf } from './kinds.ts'
import { runTrials } from './run-trials.ts'
import { Seen } from './seen.ts'
import { openWorld } from './world.ts'

export type { Seen }

/** **Contract:** what is written to is made for it; whatever is destroyed, was. Nothing is restored. */
export default defineExperiment<Seen>({
  id: 'access',
  title: 'keeps what belongs to one account from another',
  standard: 'security.authorization',
  needs: ['http'],
  effect: 'writes',
  cost: { seconds: 15 },
  observes: Seen,
  async run(lab, { signal, focus }) {
    const nothing: Seen = { reason: '', principals: [], kinds: [], trials: [], skipped: [], requests: 0 }
    const cast = castOf(lab)
    if (cast === null) return { ...nothing, reason: 'two accounts with equal rights could not be had' }
    const bench = openBench(lab, cast, signal)
    const world = await openWorld(bench)
    const { trials, skipped } = await runTrials(bench, world, focus)
    return {
      reason: '',
      principals: [cast.anonymous, cast.a, cast.b, ...cast.others].map(({ name, role }) => ({ name, role })),
      kinds: await kindsOf(bench, world),
      trials,
      skipped,
      requests: bench.requests(),
    }
  },
  judge,
})
