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
  /** nothing is repeated after it */
  untilMs: number
  tally: { taken: number; rejected: number; late: number; foreignShare: number }
}

/** Repetitions in all: a machine that is never quiet must not use up the time. */
const REPETITIONS = 4
const TRIES = 2
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
  /** the generator was so late that answers say nothing, though nobody else was there: no processor was left for it */
  starved: boolean
}

export type TakeOptions = Omit<WindowOptions, 'slowMs' | 'only'> & {
  /** repeats it, too, when the generator was a little late */
  exact?: boolean
  /** what is seen beside the load is wanted, not its answers */
  anyhow?: boolean
}

const mayRepeat = ({ tally, signal, nowMs, untilMs }: Field) =>
  tally.rejected + tally.late < REPETITIONS && !signal.aborted && nowMs() < untilMs

const latenessMs = ({ load }: Window) => histogramOf(load.lateness).quantile(0.99) / 1_000

/**
 * One window, repeated where something outside of the target's own processes disturbed it. Null when the generator was
 * too late and others were to blame: then nothing is known.
 */
export const take = async (
  field: Field,
  { exact = false, anyhow = false, ...options }: TakeOptions,
): Promise<Taken | null> => {
  const { bench, limits, names, tally } = field
  for (let tries = 1; ; tries += 1) {
    const window = await bench.window({ ...options, slowMs: limits.slowMs, only: names })
    await field.sleep(PAUSE_MS)
    tally.taken += 1
    const noise = noiseOf(window)
    const late = window.load.refused !== null
    const isUseless = late && latenessMs(window) > limits.slowMs * TOO_LATE
    const isLast = tries >= TRIES || !mayRepeat(field)
    const isSound = !isUseless && noise.reason === null && !(late && exact)
    const isKept = !isUseless || noise.reason === null || anyhow
    if (isSound || (isLast && isKept)) {
      tally.foreignShare = Math.max(tally.foreignShare, noise.foreignShare)
      return { window, noise: noise.reason, late, starved: isUseless }
    }
    if (late) tally.late += 1
    else tally.rejected += 1
    if (isLast) return null
  }
}
