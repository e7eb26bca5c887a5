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

/** Averages to leave out at each end for a two-sided interval; exact (Wilcoxon's signed ranks). 0: none can be had. */
export const signedRankCut = (n: number, confidence: number): number => {
  const ways = signedRankWays(n)
  const all = ways.reduce((sum, count) => sum + count, 0)
  let seen = 0
  for (const [index, count] of ways.entries()) {
    seen += count
    if (seen / all > (1 - confidence) / 2) return index
  }
  return ways.length
}
