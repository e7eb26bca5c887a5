export type Outcome = 'inside' | 'outside' | 'undecided'

export type NoisySearch = {
  /** where to ask next: the middle of what is believed now */
  next(): number
  /**
   * @param reliability probability that the outcome is true, above 0.5 and below 1; default 0.85. `undecided` counts as a
   * sign that the line is near; a probe that could not be used should not be told at all.
   */
  tell(rate: number, outcome: Outcome, reliability?: number): void
  /** holds the line with this probability, the rest shared equally by both sides */
  interval(mass: number): [number, number]
  /** median of what is believed */
  estimate(): number
  /** the interval that holds 90 % is at most this wide, as a share of the estimate */
  done(relativeWidth: number): boolean
}

const RELIABILITY = 0.85
/** Relative distance within which an undecided probe is to be expected. */
const NEAR = 0.05

/** Of a uniform spread inside each cell, the point below which the share `p` lies, as a number of cells. */
const pointAt = (belief: readonly number[], p: number): number => {
  let below = 0
  for (const [index, mass] of belief.entries()) {
    if (below + mass >= p && mass > 0) return index + (p - below) / mass
    below += mass
  }
  return belief.length
}

const scaled = (belief: readonly number[]): number[] => {
  const total = belief.reduce((sum, mass) => sum + mass, 0)
  return belief.map((mass) => mass / total)
}

/**
 * Finds the rate at which `inside` turns into `outside` where each answer may be wrong: probabilistic bisection on a
 * grid of the logarithm of the rate (Horstein, 1963; Waeber, Frazier and Henderson, SIAM J. Control Optim. 51, 2013).
 * Each answer moves belief to its side by as much as it is reliable, and the next probe goes to the median.
 * @param low, high the line is believed to lie between them, no place more likely than another; give a generous range,
 * because belief never leaves it
 * @param resolution relative width of a cell, for example 0.01
 */
export const createSearch = ({
  low,
  high,
  resolution,
}: {
  low: number
  high: number
  resolution: number
}): NoisySearch => {
  const cells = Math.max(1, Math.ceil(Math.log(high / low) / Math.log1p(resolution)))
  const step = Math.log(high / low) / cells
  const rateAt = (position: number) => low * Math.exp(position * step)
  let belief = Array.from({ length: cells }, () => 1 / cells)

  const interval = (mass: number): [number, number] => [
    rateAt(pointAt(belief, (1 - mass) / 2)),
    rateAt(pointAt(belief, (1 + mass) / 2)),
  ]
  const estimate = () => rateAt(pointAt(belief, 0.5))
  /** Share of the cell that lies above the position. */
  const above = (cell: number, position: number) => Math.min(1, Math.max(0, cell + 1 - position))

  return {
    next: estimate,
    tell: (rate, outcome, reliability = RELIABILITY) => {
      const position = Math.log(rate / low) / step
      belief = scaled(
        belief.map((mass, cell) => {
          if (outcome === 'undecided') {
            const distance = ((cell + 0.5 - position) * step) / NEAR
            return mass * (1 - reliability + reliability * Math.exp(-(distance ** 2) / 2))
          }
          const share = outcome === 'inside' ? above(cell, position) : 1 - above(cell, position)
          return mass * (share * reliability + (1 - share) * (1 - reliability))
        }),
      )
    },
    interval,
    estimate,
    done: (relativeWidth) => {
      const [from, to] = interval(0.9)
      return (to - from) / estimate() <= relativeWidth
    },
  }
}
