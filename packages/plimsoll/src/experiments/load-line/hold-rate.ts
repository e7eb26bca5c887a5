import type { Measuring } from './measure.ts'
import type { Steady } from './seen.ts'
import { holdSteady } from './steady.ts'

const LONGEST = { seconds: 12, share: 0.3 }

/** At the rate that the configuration declares, or at half of what it carries; null where neither is known. */
export const holdRate = async (
  { lab, field, seen, seconds }: Measuring,
  linePerSecond: number | null,
): Promise<Steady | null> => {
  const declared = lab.wishes.rate
  const ratePerSecond = declared ?? (linePerSecond === null ? null : linePerSecond / 2)
  if (ratePerSecond === null) return null
  const fewestShare = Math.min(...seen.workload.operations.map(({ share }) => share))
  return holdSteady(field, ratePerSecond, {
    chosen: declared === undefined ? 'half the line' : 'declared',
    fewestShare,
    mostSeconds: Math.min(LONGEST.seconds, seconds * LONGEST.share),
  })
}
