import { defineExperiment } from '../define.ts'
import { judge } from './judge.ts'
import { tryContract } from './run.ts'
import { Seen } from './seen.ts'

/**
 * **Contract:** requests go out one at a time, so that every statement and line of the log between two of them belongs
 * to one. A process that ended is started again.
 */
export default defineExperiment<Seen>({
  id: 'contract',
  title: 'answers as its contract says',
  standard: 'api.contract',
  also: ['integrity.validation'],
  needs: ['http'],
  answersFor: ['write-route', 'read-route', 'query', 'migration', 'contract', 'dependencies'],
  effect: 'writes',
  cost: { seconds: 20 },
  observes: Seen,
  run: (lab, context) => tryContract(lab, context),
  judge,
})
