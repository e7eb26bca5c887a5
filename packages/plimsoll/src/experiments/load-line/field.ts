import { histogramOf } from '../../base/stats/histogram.ts'
import { noiseOf } from '../../lab/load/noise.ts'
import type { LoadBench, Window, WindowOptions } from '../../lab/load/window.ts'
import type { Limits } from './weigh-window.ts'

/** What every step needs: where load is sent, what is inside, and how much was thrown away until now. */
export type Field = {
  bench: LoadBench
  limits: Limits
  /** operations that are sent */
  names: readonly string[]
  signal: AbortSignal
  nowMs(): number
  sleep(ms: number): Promise<void>
  /** for everything */
  seconds: number
  /** nothing is repeated after it */
  untilMs: number
  tally: { taken: number; rejected: number; late: number; foreignShare: number }
}

/** Repetitions in all, one for so many seconds: a machine that is never quiet must not use up the time. */
const SECONDS_A_REPETITION = 12
const TRIES = 2
/** Kept back for what comes after a repetition. */
const AFTERWARDS_SECONDS = 5
/** A queue that a lost window left behind is not the next one's. */
const PAUSE_MS = 150
/** Of the time that is slow: a generator that was later than this shows itself, not the service. */
const TOO_LATE = 0.1

export type Taken = {
  window: Window
  /** what took processor time from the target; null when nothing did */
  noise: string | null
  /** the generator was a little late: answers look slower than they are */
  late: boolean
  /** the generator was so late that only what is inside in spite of it counts */
  useless: boolean
}

export type TakeOptions = Omit<WindowOptions, 'slowMs' | 'only'> & {
  /** repeats it, too, when the generator was a little late */
  exact?: boolean
  /** never repeats it: it prepares what follows, and decides nothing */
  once?: boolean
}

const mayRepeat = ({ tally, signal, seconds, nowMs, untilMs }: Field, windowSeconds: number) =>
  tally.rejected + tally.late < seconds / SECONDS_A_REPETITION &&
  !signal.aborted &&
  nowMs() + (windowSeconds + AFTERWARDS_SECONDS) * 1_000 < untilMs

const latenessMs = ({ load }: Window) => histogramOf(load.lateness).quantile(0.99) / 1_000

/**
 * One window, repeated where something outside of the target's own processes disturbed it, or the generator was so late
 * that what looks slow need not be.
 */
export const take = async (
  field: Field,
  { exact = false, once = false, ...options }: TakeOptions,
): Promise<Taken> => {
  const { bench, limits, names, tally } = field
  for (let tries = 1; ; tries += 1) {
    const window = await bench.window({ ...options, slowMs: limits.slowMs, only: names })
    await field.sleep(PAUSE_MS)
    tally.taken += 1
    const noise = noiseOf(window)
    const late = window.load.refused !== null
    const useless = late && (!window.load.onlyLate || latenessMs(window) > limits.slowMs * TOO_LATE)
    const isSound = !useless && noise.reason === null && !(late && exact)
    if (isSound || once || tries >= TRIES || !mayRepeat(field, options.seconds)) {
      tally.foreignShare = Math.max(tally.foreignShare, noise.foreignShare)
      return { window, noise: noise.reason, late, useless }
    }
    if (late) tally.late += 1
    else tally.rejected += 1
  }
}
