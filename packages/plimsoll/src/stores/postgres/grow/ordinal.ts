import type { Taking } from './keys.ts'
import type { Pool } from './pool.ts'
import { share, spread } from './spread.ts'

type Sizes = Pick<Pool, 'old' | 'fresh'>

/** Number of the parent at this place, where the new ones come first and the old ones after them. */
const at = (place: string, { fresh, old }: Sizes, useOld: boolean): string => {
  if (fresh === 0) return `-1 - (${place})`
  if (!useOld || old === 0) return place
  return `CASE WHEN ${place} < ${fresh} THEN ${place} ELSE -1 - (${place} - ${fresh}) END`
}

/**
 * Share of the new rows that goes to parents that were there before, so that in the end all parents have equally many:
 * none where they have that many already, so that what is asked of them stays as large as it was.
 */
const shareOfOld = ({ old, fresh }: Sizes, before: number, wanted: number): number => {
  if (fresh === 0) return 1
  if (old === 0) return 0
  const were = before / old
  const willBe = (before + wanted) / (old + fresh)
  return willBe <= were ? 0 : Math.min(1, ((willBe - were) * old) / wanted)
}

export type OrdinalQuestion = {
  taking: Taking
  pool: Sizes
  /** the other one of a crossed pair */
  other: Sizes | null
  before: number
  wanted: number
  salt: number
  /** SQL: number of the row, and of the row among the new ones from 0 */
  n: string
  index: string
}

/** SQL of the number of the parent that a row gets. */
export const ordinal = (question: OrdinalQuestion): string => {
  const { taking, pool, other, before, wanted, salt, n, index } = question
  if (taking.how === 'once' || taking.how === 'in turn') return index
  if (taking.how === 'crossed' && other !== null) {
    const [first, second] = taking.place === 'first' ? [pool, other] : [other, pool]
    const few = (sizes: Sizes) => sizes.fresh || sizes.old
    const useOld = few(first) * few(second) < 2 * wanted
    const count = (sizes: Sizes) => (useOld ? sizes.fresh + sizes.old : few(sizes))
    const round = `mod(${index}, ${count(first)})`
    const partner = `mod(${spread(round, 0, count(second))} + ${index} / ${count(first)}, ${count(second)})`
    return at(taking.place === 'first' ? round : partner, pool, useOld)
  }
  const toOld = shareOfOld(pool, before, wanted)
  const ofOld = `-1 - ${spread(n, salt, Math.max(pool.old, 1))}`
  const ofFresh = spread(n, salt, Math.max(pool.fresh, 1))
  if (toOld === 0) return ofFresh
  return toOld === 1 ? ofOld : `CASE WHEN ${share(n, salt + 1, toOld)} THEN ${ofOld} ELSE ${ofFresh} END`
}
