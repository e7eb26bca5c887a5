import type { Heard } from './lean-of-task.ts'

const MEASURE =
  /(\w+(?: \w+)? )?(?:[~<>≈]\s?)?\d+(?:[.,]\d+)?\s?(ms|s|sec|secs|seconds|kb|kib|mb|mib|gb|gib|fps|rps|req\/s|requests?\/s|tps|qps)\b(?!\s*(?:limit|ttl|expir|timeout|old|token|window|cap|apart|later))/g

/** How long something waits or lasts, and how much is let in: rules, and no complaint. */
const RULE =
  /\b(?:for|after|every|within|each|least|wait|waits|timeout|than|over|max|maximum|limit|limited|ttl|expire|expires|exceed|exceeds|delay|backoff|interval|last|larger|bigger|allow|allows|to \d)(?: of| is)?\s$/

/** A duration, a size or a rate that somebody complains of, or wants. */
export const measuresIn = (text: string): Heard[] => {
  const found = [...text.matchAll(MEASURE)].find(([, before = '']) => !RULE.test(before))
  return found === undefined
    ? []
    : [{ what: `the measure "${found[0].trim()}"`, lean: { performance: 3 }, share: 1, isSoft: true }]
}
