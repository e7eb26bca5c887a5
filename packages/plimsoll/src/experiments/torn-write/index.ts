import { z } from 'zod'
import { Exchange, SourcePlace, StatementRecord } from '../../model/evidence.ts'
import { defineExperiment } from '../define.ts'
import { Left } from './effect.ts'
import { judge } from './judge.ts'
import { tearOperations } from './tear.ts'

export const Try = z.object({
  fault: z.enum(['fail', 'cut']),
  /** `write 2 of 3`, `the commit` */
  place: z.string(),
  sql: z.string(),
  /** false: the statement did not come this time, so nothing was disturbed */
  struck: z.boolean(),
  exchange: Exchange,
  left: z.array(Left),
  /** the process ended of it */
  exited: z.boolean(),
  /** what is there in full once the same request is sent again, undisturbed; null where that was not tried */
  again: z.enum(['whole', 'other']).nullable(),
  /** of tries that left a part */
  statements: z.array(StatementRecord),
  origin: z.object({ place: SourcePlace, excerpt: z.string() }).nullable(),
})
export type Try = z.infer<typeof Try>

export const Torn = z.object({
  route: z.string(),
  /** statements that write, of the undisturbed operation */
  writes: z.number().int(),
  undisturbed: Exchange.nullable(),
  /** why it could not be tried; empty when it was */
  reason: z.string(),
  tries: z.array(Try),
})
export type Torn = z.infer<typeof Torn>

export const Seen = z.object({
  store: z.string(),
  /** why nothing could be tried; empty when something was */
  reason: z.string(),
  /** operations that write more than once, and those of which that could not be learnt */
  operations: z.array(Torn),
  /** operations that write once or not at all */
  single: z.array(z.string()),
})
export type Seen = z.infer<typeof Seen>

/** **Contract:** one statement of one request fails at a time; the contents are put back before the next. */
export default defineExperiment<Seen>({
  id: 'torn-write',
  title: 'leaves nothing half done when a write fails',
  standard: 'integrity.acid',
  needs: ['wire', 'write-request'],
  answersFor: ['write-route'],
  effect: 'faults',
  cost: { seconds: 8 },
  observes: Seen,
  run: (lab, { signal, focus }) => tearOperations(lab, signal, focus),
  judge,
})
