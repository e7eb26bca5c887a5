import { betaQuantile } from './clopper-pearson.ts'

/** Beyond this, Student's distribution and the normal one agree to six digits at the levels in use. */
const MOST_DEGREES = 1e6

/** The t with P(T ≤ t) = p of Student's distribution, 0 < p < 1; `degrees` may be Infinity, then it is the normal one. */
export const studentQuantile = (p: number, degrees: number): number => {
  if (p < 0.5) return -studentQuantile(1 - p, degrees)
  if (p === 0.5) return 0
  const df = Math.min(degrees, MOST_DEGREES)
  const x = betaQuantile(2 * (1 - p), df / 2, 0.5)
  return Math.sqrt((df * (1 - x)) / x)
}

/** The z with P(Z ≤ z) = p of the normal distribution, 0 < p < 1. */
export const normalQuantile = (p: number): number => studentQuantile(p, Number.POSITIVE_INFINITY)
