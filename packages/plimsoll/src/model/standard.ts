import { z } from 'zod'
import { Category } from './priority.ts'

/** A promise as data. The threshold says what is good: `value comparator threshold` must hold. */
export const Standard = z.strictObject({
  id: z.string().regex(/^[a-z]+\.[a-z-]+$/),
  category: Category,
  /** the promise in one sentence, in the present tense */
  title: z.string(),
  threshold: z.strictObject({
    comparator: z.enum(['<', '<=', '>=', '>', '=']),
    value: z.number(),
    /** SI or counted thing: `s`, `ms`, `proportion`, `requests/s`, `count` */
    unit: z.string(),
    /** for a proportion: what is counted, for example `latency >= 200 ms` */
    of: z.string().optional(),
    /** for a proportion of measurements over a limit: that limit, in `limitUnit` */
    limit: z.number().optional(),
    limitUnit: z.string().optional(),
  }),
  /** one sentence: what goes wrong for a user when it is broken */
  why: z.string(),
  /** line of the brief or the public document it comes from */
  source: z.string(),
  /** what a verdict on it does not claim */
  honesty: z.string().optional(),
})
export type Standard = z.infer<typeof Standard>
