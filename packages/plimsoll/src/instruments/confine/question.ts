import { z } from 'zod'

/**
 * What a process of the lab asks before it sends anything: `unix` with the path as its host, `name` before a look-up,
 * `hello` once at its start.
 */
export const Question = z.object({
  kind: z.enum(['hello', 'name', 'tcp', 'udp', 'unix']),
  pid: z.number().int(),
  host: z.string().default(''),
  port: z.number().int().optional(),
  /** under which an address was looked up */
  name: z.string().optional(),
  /** how often it was used since it was last asked; default once, 0 where it only may be used */
  times: z.number().int().min(0).default(1),
})
export type Question = z.infer<typeof Question>

export type Answer = {
  pass: boolean
  /** why not, for the message of the error; null where there is nothing to say: nobody listens there */
  text: string | null
  /** how long it need not be asked again */
  forMs: number
  /** whether the asker is to say how often it was used meanwhile */
  counts: boolean
}
