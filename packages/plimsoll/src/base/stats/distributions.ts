import { betaCdf } from './clopper-pearson.ts'

/** P(T ≤ t) of Student's distribution; `degrees` may be Infinity, then it is the normal one. */
export const studentCdf = (t: number, degrees: number): number => {
  // Beyond this, the two distributions agree to six digits at the levels in use.
  const df = Math.min(degrees, 1e6)
  const tail = betaCdf(df / (df + t * t), df / 2, 0.5) / 2
  return t > 0 ? 1 - tail : tail
}

/** The t with P(T ≤ t) = p, 0 < p < 1, by bisection. */
export const studentQuantile = (p: number, degrees: number): number => {
  if (p < 0.5) return -studentQuantile(1 - p, degrees)
  let high = 1
  while (studentCdf(high, degrees) < p && high < 1e9) high *= 2
  let low = 0
  for (let step = 0; step < 80; step += 1) {
    const middle = (low + high) / 2
    if (studentCdf(middle, degrees) < p) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** The z with P(Z ≤ z) = p of the normal distribution, 0 < p < 1. */
export const normalQuantile = (p: number): number => studentQuantile(p, Number.POSITIVE_INFINITY)
