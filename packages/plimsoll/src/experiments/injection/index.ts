import { z } from 'zod'
import { SourcePlace } from '../../model/evidence.ts'
import { defineExperiment } from '../define.ts'
import { Sighting } from './family.ts'
import { judge } from './judge.ts'
import { tryFamilies } from './try-families.ts'

export const Seen = z.object({
  requests: z.number().int(),
  /** whether something waited outside to be found */
  canary: z.boolean(),
  sql: z.enum(['wire', 'blind', 'none']),
  tried: z.array(
    z.object({
      operation: z.string(),
      inputs: z.array(z.string()),
      /** families at inputs that were tried, and those that were not any more */
      attempts: z.number().int(),
      left: z.number().int(),
      /** whether it ever answered anything but who are you, not found, or too often */
      reached: z.boolean(),
    }),
  ),
  /** those that came to something */
  attempts: z.array(
    z.object({
      family: z.string(),
      operation: z.string(),
      input: z.string(),
      /** where the operation is handled */
      place: SourcePlace,
      /** where the statement is written */
      origin: z.object({ place: SourcePlace, excerpt: z.string() }).nullable(),
      sightings: z.array(Sighting),
    }),
  ),
  /** requests that ended the process, had no answer, or were turned away for their number */
  losses: z.array(
    z.object({
      operation: z.string(),
      input: z.string(),
      sent: z.string(),
      why: z.enum(['exited', 'timeout', 'limited']),
    }),
  ),
  /** places that a family would have been tried at */
  left: z.array(z.object({ family: z.string(), places: z.number().int() })),
})
export type Seen = z.infer<typeof Seen>

/**
 * **Contract:** one value of one request is changed at a time. What it tries to run is harmless: it makes an empty file in
 * a folder of the lab, multiplies two numbers, reads a file of the lab, or asks the lab's own listener.
 */
export default defineExperiment<Seen>({
  id: 'injection',
  title: 'takes input as data, and never as code, statement, path or address',
  standard: 'security.input',
  needs: ['http'],
  answersFor: ['write-route', 'read-route', 'query'],
  effect: 'writes',
  cost: { seconds: 20 },
  observes: Seen,
  run: (lab, context) => tryFamilies(lab, context),
  judge,
})
