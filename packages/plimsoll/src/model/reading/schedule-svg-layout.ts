import type { Actor } from '../schedule.ts'

export const ROW_PX = 24
export const HEAD_PX = 26
export const FOOT_PX = 8
export const TEXT_PX = 12
/** Monospaced letters of that size, a little more than they take in any usual font. */
export const LETTER_PX = 7.3
export const WORD_PX = 50
/** Narrower than that, the texts of both lanes stand in one column beside the two lines. */
const TWO_COLUMNS_PX = 620

export const INK = 'var(--ink, currentColor)'
export const DIM = 'var(--dim, currentColor)'
export const BAD = 'var(--refuted, #b3261e)'
export const GROUND = 'var(--card, Canvas)'
export const COLORS: Readonly<Record<Actor, string>> = {
  A: 'var(--advice, #0b5a7d)',
  B: 'var(--inconclusive, #7a5200)',
}
export const SANS = 'var(--sans, system-ui, sans-serif)'
export const MONO = 'var(--mono, ui-monospace, monospace)'

/** Where a request's line stands, and the room for its texts. */
export type LanePlace = { lineX: number; textX: number; textPx: number }
/** `timeX` is the right edge of the times; null where both lanes share one column. */
export type Layout = { widthPx: number; timeX: number | null; lanes: Readonly<Record<Actor, LanePlace>> }

export const layOut = (widthPx: number): Layout => {
  if (widthPx < TWO_COLUMNS_PX) {
    const text = { textX: 50, textPx: widthPx - 52 }
    return { widthPx, timeX: null, lanes: { A: { lineX: 10, ...text }, B: { lineX: 32, ...text } } }
  }
  const timePx = 64
  const lanePx = (widthPx - timePx) / 2
  const lane = (x: number): LanePlace => ({ lineX: x + 10, textX: x + 28, textPx: lanePx - 36 })
  return { widthPx, timeX: timePx - 12, lanes: { A: lane(timePx), B: lane(timePx + lanePx) } }
}

export const yOf = (index: number) => HEAD_PX + index * ROW_PX + ROW_PX / 2
