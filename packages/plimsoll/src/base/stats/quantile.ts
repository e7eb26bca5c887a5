const between = (sorted: readonly number[], position: number): number => {
  const below = Math.floor(position)
  const low = sorted[below] ?? Number.NaN
  const high = sorted[below + 1] ?? low
  return low + (high - low) * (position - below)
}

/** The value below which the share `p` (0..1) lies, between neighbours in proportion (type 7 of Hyndman and Fan, 1996); NaN of nothing. */
export const quantileOf = (values: readonly number[], p: number): number => {
  const sorted = [...values].sort((a, b) => a - b)
  return between(sorted, p * (sorted.length - 1))
}

/** NaN of nothing. */
export const medianOf = (values: readonly number[]): number => quantileOf(values, 0.5)
