import type { AgentFacts } from '../../../model/agent.ts'
import type { Standard } from '../../../model/standard.ts'
import { toStandardValue } from './thresholds.ts'

export type StandardFigures = {
  /** standard id -> threshold in its own unit, as `standards` of a configuration takes it; only what differs */
  values: Record<string, number>
  /** standard id -> the limit that a proportion is counted over (`latency >= 200 ms`), in its own unit; only what differs */
  limits: Record<string, number>
}

const stricter = (standard: Standard, left: number, right: number) =>
  standard.threshold.comparator.startsWith('>') ? Math.max(left, right) : Math.min(left, right)

/** What the figures of an agent change in our standards; of two figures for one standard the stricter counts. */
export const thresholdsOf = (
  facts: Pick<AgentFacts, 'thresholds'>,
  known: readonly Standard[],
): StandardFigures => {
  const figures: StandardFigures = { values: {}, limits: {} }
  for (const standard of known) {
    const stated = facts.thresholds
      .filter((threshold) => threshold.standard === standard.id)
      .flatMap((threshold) => toStandardValue(standard.id, threshold) ?? [])
    if (stated.length === 0) continue
    const value = stated.reduce((left, right) => stricter(standard, left, right))
    const { limit } = standard.threshold
    if (limit === undefined && value !== standard.threshold.value) figures.values[standard.id] = value
    if (limit !== undefined && value !== limit) figures.limits[standard.id] = value
  }
  return figures
}
