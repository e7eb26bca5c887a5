import { defineExperiment } from '../define.ts'
import { openDesk } from './bench.ts'
import { judge } from './judge.ts'
import { kindsOf } from './kinds.ts'
import { runTrials } from './run-trials.ts'
import { Seen } from './seen.ts'
import { openWorld } from './world.ts'

export type { Seen }

const NO_ACCOUNTS =
  'two accounts with equal rights could not be had: declare them under "access.accounts" in the configuration'

/** **Contract:** what is written to is made for it; whatever is destroyed, was. Nothing is restored. */
export default defineExperiment<Seen>({
  id: 'access',
  title: 'keeps what belongs to one account from another',
  standard: 'security.authorization',
  needs: ['http'],
  answersFor: ['write-route', 'read-route', 'identity', 'access'],
  effect: 'writes',
  cost: { seconds: 15 },
  observes: Seen,
  async run(lab, { signal, focus }) {
    const desk = openDesk(lab, signal)
    const opened = await openWorld(desk)
    if (opened === null)
      return {
        reason: NO_ACCOUNTS,
        principals: [],
        privileged: false,
        kinds: [],
        trials: [],
        skipped: [],
        requests: 0,
      }
    const { bench, world } = opened
    const { anonymous, a, b, others } = bench.cast
    const { trials, skipped, privileged } = await runTrials(bench, world, focus)
    return {
      reason: '',
      principals: [anonymous, a, b, ...others].map(({ name, role }) => ({ name, role })),
      privileged,
      kinds: await kindsOf(bench, world),
      trials,
      skipped,
      requests: desk.requests(),
    }
  },
  judge,
})
