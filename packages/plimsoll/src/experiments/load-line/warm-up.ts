import { isSteady } from '../../base/stats/plateau.ts'
import type { Window } from '../../lab/load/window.ts'
import { type Field, take } from './field.ts'
import type { Seen } from './seen.ts'

type Tick = Window['load']['ticks'][number]

const CONNECTIONS = 32
const TICKS_IN_A_STEP = 5
/** Of the newest steps, those that say what the service can do once it is warm. */
const NEWEST = 4
const TOLERANCE = 0.08
const LONG_SECONDS = 5

/** Answers of each half second. */
const stepsOf = (ticks: readonly Tick[]): number[] =>
  Array.from({ length: Math.floor(ticks.length / TICKS_IN_A_STEP) }, (_, step) =>
    ticks
      .slice(step * TICKS_IN_A_STEP, (step + 1) * TICKS_IN_A_STEP)
      .reduce((sum, { meant }) => sum + meant, 0),
  )

/** Compilers go on for seconds, where there is the time to wait for them. */
const recentFor = (mostSeconds: number) => (mostSeconds >= LONG_SECONDS ? 8 : 4)

const isWarm = (mostSeconds: number) => (ticks: readonly Tick[]) =>
  ticks.length % TICKS_IN_A_STEP === 0 &&
  isSteady(stepsOf(ticks), { recent: recentFor(mostSeconds), tolerance: TOLERANCE })

export type Capacity = NonNullable<Seen['capacity']>

/**
 * Requests that follow each other without a pause until as many are answered in each half second as before: compilers
 * have settled, pools are open. What is answered then is the most that the service can do at all.
 */
export const warmUp = async (field: Field, mostSeconds: number): Promise<Capacity | null> => {
  const taken = await take(field, {
    arrivals: { kind: 'closed', connections: CONNECTIONS },
    connections: CONNECTIONS,
    seconds: mostSeconds,
    stopWhen: isWarm(mostSeconds),
    once: true,
  })
  const { ticks, sendingMs } = taken.window.load
  const steps = stepsOf(ticks)
  const newest = steps.slice(-NEWEST)
  const n = newest.reduce((sum, count) => sum + count, 0)
  if (n === 0) return null
  return {
    perSecond: n / ((newest.length * TICKS_IN_A_STEP) / 10),
    n,
    connections: CONNECTIONS,
    seconds: sendingMs / 1_000,
    steady: isSteady(steps, { recent: recentFor(mostSeconds), tolerance: TOLERANCE }),
  }
}
