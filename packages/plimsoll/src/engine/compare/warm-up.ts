import { isSteady } from '../../base/stats/plateau.ts'
import { medianOf } from '../../base/stats/quantile.ts'
import type { Ground } from './interleave.ts'
import { answersPerSecond, sendClosed } from './measure-block.ts'

const STEP_SECONDS = 0.5
const MOST_STEPS = 16
const PLATEAU = { recent: 4, tolerance: 0.08 }

export type Warmed = {
  /** answers a second when warm */
  a: number
  b: number
  /** false where a side was still getting faster, or slower, at the end */
  steady: boolean
}

/**
 * Requests without a pause to both in turn, until neither gets faster. Both are sent as many windows as the other, so
 * that what follows is the same mix of requests for both.
 */
export const warmUp = async ({ a, b, only }: Ground, signal: AbortSignal): Promise<Warmed> => {
  const rates = { a: [] as number[], b: [] as number[] }
  const steady = () => isSteady(rates.a, PLATEAU) && isSteady(rates.b, PLATEAU)
  for (let step = 0; step < MOST_STEPS && !steady(); step += 1) {
    signal.throwIfAborted()
    rates.a.push(answersPerSecond(await sendClosed(a, only, STEP_SECONDS)))
    rates.b.push(answersPerSecond(await sendClosed(b, only, STEP_SECONDS)))
  }
  const newest = (values: readonly number[]) => medianOf(values.slice(-PLATEAU.recent))
  return { a: newest(rates.a), b: newest(rates.b), steady: steady() }
}
