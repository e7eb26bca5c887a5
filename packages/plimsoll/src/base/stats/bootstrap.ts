import { createRandom } from '../random/random.ts'
import { quantileOf } from './quantile.ts'

export type BootstrapOptions<T> = {
  /** in order of time */
  values: readonly T[]
  statistic(values: readonly T[]): number
  /** neighbours that stay together; longer than their dependence lasts. 1 for independent values */
  blockLength: number
  seed: number
  /** default 0.95 */
  confidence?: number
  /** default 1,000 */
  resamples?: number
}

/**
 * An interval for any figure of values that depend on their neighbours: moving blocks, wrapped around the end so that
 * each value is as likely as another (Künsch, 1989; Politis and Romano, 1992), percentile interval. NaN of nothing.
 */
export const blockBootstrap = <T>({
  values,
  statistic,
  blockLength,
  seed,
  confidence = 0.95,
  resamples = 1_000,
}: BootstrapOptions<T>): { value: number; interval: [number, number] } => {
  const random = createRandom(seed)
  const length = Math.max(1, Math.min(Math.floor(blockLength), values.length))
  const ring = [...values, ...values.slice(0, length - 1)]
  const resample = () => {
    const drawn: T[] = []
    while (drawn.length < values.length) {
      const from = random.integer(0, values.length - 1)
      drawn.push(...ring.slice(from, from + Math.min(length, values.length - drawn.length)))
    }
    return statistic(drawn)
  }
  const drawn = values.length === 0 ? [] : Array.from({ length: resamples }, resample)
  return {
    value: statistic(values),
    interval: [quantileOf(drawn, (1 - confidence) / 2), quantileOf(drawn, (1 + confidence) / 2)],
  }
}
