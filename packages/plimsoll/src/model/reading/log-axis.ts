/** A logarithmic axis: where a value stands between its ends (0 to 1), and the round values to write beside it. */
export type LogAxis = { least: number; most: number; at(value: number): number; ticks: number[] }

const EXPONENTS = Array.from({ length: 22 }, (_, index) => index - 6)
const DECADES = EXPONENTS.map((exponent) => Number(`1e${exponent}`))
const ROUND = EXPONENTS.flatMap((exponent) => [1, 2, 5].map((digit) => Number(`${digit}e${exponent}`)))

const span = (least: number, most: number) => Math.log10(most / least)

/** Ends on round values around all that are above 0, never less than one decade apart. */
export const createLogAxis = (values: readonly number[]): LogAxis => {
  const positive = values.filter((value) => value > 0)
  const [lowest, highest] = positive.length === 0 ? [1, 10] : [Math.min(...positive), Math.max(...positive)]
  const least = ROUND.findLast((value) => value <= lowest) ?? lowest
  const most = ROUND.find((value) => value >= highest && value >= least * 10) ?? highest
  const between = (all: readonly number[]) => all.filter((value) => value >= least && value <= most)
  return {
    least,
    most,
    at: (value) => Math.min(1, Math.max(0, span(least, Math.max(value, least)) / span(least, most))),
    ticks: between(span(least, most) < 2 ? ROUND : DECADES),
  }
}
