/** ln Γ(x) for x > 0, by Lanczos (g = 7, n = 9), relative error below 1e-13. */
const COEFFICIENTS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
]

const logGamma = (x: number): number => {
  const shifted = x - 1
  const sum = COEFFICIENTS.reduce(
    (total, value, index) => (index === 0 ? value : total + value / (shifted + index)),
    0,
  )
  const t = shifted + 7.5
  return 0.5 * Math.log(2 * Math.PI) + (shifted + 0.5) * Math.log(t) - t + Math.log(sum)
}

/** Continued fraction of the incomplete beta function, by Lentz (Numerical Recipes, 6.4). */
const betaFraction = (a: number, b: number, x: number): number => {
  const tiny = 1e-300
  let c = 1
  let d = 1 / (Math.abs(1 - ((a + b) * x) / (a + 1)) < tiny ? tiny : 1 - ((a + b) * x) / (a + 1))
  let fraction = d
  for (let m = 1; m <= 500; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / (1 + even * d || tiny)
    c = 1 + even / c || tiny
    fraction *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / (1 + odd * d || tiny)
    c = 1 + odd / c || tiny
    fraction *= d * c
    if (Math.abs(d * c - 1) < 1e-14) break
  }
  return fraction
}

/** Regularised incomplete beta function I_x(a, b): the distribution function of Beta(a, b). */
export const betaCdf = (x: number, a: number, b: number): number => {
  if (x <= 0) return 0
  if (x >= 1) return 1
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log(1 - x))
  return x < (a + 1) / (a + b + 2)
    ? (front * betaFraction(a, b, x)) / a
    : 1 - (front * betaFraction(b, a, 1 - x)) / b
}

/** ln of the density of Beta(a, b) at x, inside of 0..1 */
const logBetaDensity = (x: number, a: number, b: number): number =>
  logGamma(a + b) - logGamma(a) - logGamma(b) + (a - 1) * Math.log(x) + (b - 1) * Math.log(1 - x)

/** The x with I_x(a, b) = p: Newton's steps, and halves where one would leave what is known to hold it. */
export const betaQuantile = (p: number, a: number, b: number): number => {
  let low = 0
  let high = 1
  let x = a / (a + b)
  for (let step = 0; step < 200; step += 1) {
    const off = betaCdf(x, a, b) - p
    if (off < 0) low = x
    else high = x
    const newton = x - off / Math.exp(logBetaDensity(x, a, b))
    const next = newton > low && newton < high ? newton : (low + high) / 2
    if (Math.abs(next - x) <= 1e-14 * next) return next
    x = next
  }
  return x
}

/**
 * Exact two-sided interval for a proportion (Clopper and Pearson, 1934); never narrower than it claims.
 * @param successes counted events, 0..n
 * @param confidence for example 0.95
 */
export const clopperPearson = (successes: number, n: number, confidence: number): [number, number] => {
  const tail = (1 - confidence) / 2
  if (n === 0) return [0, 1]
  const low = successes === 0 ? 0 : betaQuantile(tail, successes, n - successes + 1)
  const high = successes === n ? 1 : betaQuantile(1 - tail, successes + 1, n - successes)
  return [low, high]
}

/** One-sided bounds: the proportion is below `upper`, or above `lower`, each with this confidence. */
export const proportionBounds = (
  successes: number,
  n: number,
  confidence: number,
): { lower: number; upper: number } => {
  const [lower, upper] = clopperPearson(successes, n, 2 * confidence - 1)
  return { lower, upper }
}
