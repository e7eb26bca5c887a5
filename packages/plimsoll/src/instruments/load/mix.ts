import { createRandom } from '../../base/random/random.ts'

/**
 * Which operation comes next, by index. At every moment each has come as often as its weight says, give or take one
 * or two, so that two windows of the same length send the same mix; the seed decides the order.
 */
export const createMix = (weights: readonly number[], seed: number): (() => number) => {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const random = createRandom(seed).fork('mix')
  const credit = weights.map((weight) => random.next() * weight)
  return () => {
    let best = 0
    for (let index = 0; index < weights.length; index += 1) {
      credit[index] = (credit[index] ?? 0) + (weights[index] ?? 0)
      if ((credit[index] ?? 0) > (credit[best] ?? 0)) best = index
    }
    credit[best] = (credit[best] ?? 0) - total
    return best
  }
}
