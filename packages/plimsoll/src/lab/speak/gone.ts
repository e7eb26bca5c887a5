import type { Shown } from './things.ts'

const NOT_FREE =
  /^(?:is_?)?(?:taken|booked|sold|sold_?out|closed|cancell?ed|cancell?ed_?at|disabled|archived|deleted|deleted_?at|used|used_?at|redeemed|redeemed_?at|expired|blocked)$/i
const FREE = /^(?:is_?)?(?:free|available|active|open|enabled|in_?stock|stock|quantity|remaining)$/i

/** It says of itself that it can be had no more: `used: true`, `cancelled_at: …`, `stock: 0`. */
export const isGone = ({ thing }: Pick<Shown, 'thing'>): boolean =>
  Object.entries(thing).some(
    ([name, value]) =>
      (NOT_FREE.test(name) && value !== null && value !== false && value !== 0 && value !== '') ||
      (FREE.test(name) && (value === false || value === 0)),
  )

/** The same things, what is gone last. */
export const goneLast = <T extends Pick<Shown, 'thing'>>(things: readonly T[]): T[] => [
  ...things.filter((one) => !isGone(one)),
  ...things.filter(isGone),
]
