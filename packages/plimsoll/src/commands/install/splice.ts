import { z } from 'zod'

/** One stretch of a text that was replaced: what stood there, and how long what stands there now is. */
export const Splice = z.object({ at: z.number(), removed: z.string(), added: z.number() })
export type Splice = z.infer<typeof Splice>

/** What leads from one text to the other: everything but their common beginning and end. */
export const spliceBetween = (before: string, after: string): Splice => {
  const most = Math.min(before.length, after.length)
  let head = 0
  while (head < most && before[head] === after[head]) head += 1
  let tail = 0
  while (tail < most - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1
  return { at: head, removed: before.slice(head, before.length - tail), added: after.length - tail - head }
}

/** The text before the splices were made, which are in the order in which they were. */
export const undoSplices = (text: string, splices: readonly Splice[]): string =>
  splices.reduceRight(
    (done, { at, removed, added }) => `${done.slice(0, at)}${removed}${done.slice(at + added)}`,
    text,
  )
