import { formatDuration, formatNumber } from '../../../../plimsoll/src/base/text/numbers.ts'

export type Plot = { left: number; right: number; top: number; bottom: number }
export type Tick = { at: number; text: string }

/** Round steps from 0 to `most`, about one for every `apartPx` pixels. */
export const roundSteps = (most: number, lengthPx: number, apartPx: number): number[] => {
  const wanted = most / Math.max(1, lengthPx / apartPx)
  const decade = 10 ** Math.floor(Math.log10(Math.max(wanted, Number.MIN_VALUE)))
  const step = [1, 2, 5, 10].map((digit) => digit * decade).find((it) => it >= wanted) ?? decade * 10
  return Array.from({ length: Math.floor(most / step + 1e-9) + 1 }, (_, index) => index * step)
}

/** A round value beside an axis: `0.2 ms`, `50 ms`, `2 s`. */
export const tickText = (ms: number): string =>
  ms < 10 ? `${formatNumber(ms)} ms` : formatDuration(ms).replace('.0 s', ' s')

/** Of ascending or descending ticks, those that stand at least so far from the one before. */
export const thin = (ticks: readonly Tick[], apartPx: number): Tick[] => {
  const kept: Tick[] = []
  for (const tick of ticks) {
    const last = kept.at(-1)
    if (last === undefined || Math.abs(tick.at - last.at) >= apartPx) kept.push(tick)
  }
  return kept
}

/** For drawings: a tenth of a pixel is more than anybody sees. */
export const px = (value: number): string => value.toFixed(1)

/** A path through points; a gap where one is missing. */
export const pathThrough = (points: readonly ({ x: number; y: number } | null)[]): string =>
  points
    .map((point, index) =>
      point === null ? '' : `${points[index - 1] ? 'L' : 'M'}${px(point.x)} ${px(point.y)}`,
    )
    .join('')
