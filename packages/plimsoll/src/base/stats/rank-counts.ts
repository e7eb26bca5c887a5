/** Ways each total comes about, from 0 up, when each part is taken or not: the null distribution of signed ranks. */
const signedRankWays = (n: number): number[] => {
  let ways = [1]
  for (let rank = 1; rank <= n; rank += 1) {
    ways = Array.from(
      { length: ways.length + rank },
      (_, total) => (ways[total] ?? 0) + (ways[total - rank] ?? 0),
    )
  }
  return ways
}

/** Ways each U comes about, from 0 to n·m: the Gaussian binomial coefficient, factor by factor. */
const rankSumWays = (n: number, m: number): number[] => {
  const ways = Array.from<unknown, number>({ length: n * m + 1 }, (_, total) => (total === 0 ? 1 : 0))
  for (let factor = 1; factor <= n; factor += 1) {
    for (let total = ways.length - 1; total >= m + factor; total -= 1) {
      ways[total] = (ways[total] ?? 0) - (ways[total - m - factor] ?? 0)
    }
    for (let total = factor; total < ways.length; total += 1) {
      ways[total] = (ways[total] ?? 0) + (ways[total - factor] ?? 0)
    }
  }
  return ways
}

/** How many of the smallest totals together are at most as likely as `tail`. */
const below = (ways: readonly number[], tail: number): number => {
  const all = ways.reduce((sum, count) => sum + count, 0)
  let seen = 0
  for (const [index, count] of ways.entries()) {
    seen += count
    if (seen / all > tail) return index
  }
  return ways.length
}

/** Averages to leave out at each end for a two-sided interval; exact (Wilcoxon's signed ranks). 0: none can be had. */
export const signedRankCut = (n: number, confidence: number): number =>
  below(signedRankWays(n), (1 - confidence) / 2)

/** Differences to leave out at each end; exact (Mann and Whitney). 0: none can be had. */
export const rankSumCut = (n: number, m: number, confidence: number): number =>
  below(rankSumWays(n, m), (1 - confidence) / 2)
