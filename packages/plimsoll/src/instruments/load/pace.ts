/**
 * Timers wake about a millisecond apart: what is due before the next wake leaves now, because a little early can be
 * told from the target's time, and late cannot.
 */
const GRAIN_MS = 1
/** How much later than asked a timer may wake without making a request late. */
const MARGIN_MS = 0.25

const LONGEST_TIMER_MS = 60_000

type Options = {
  nowMs(): number
  /** when the next one is due; Infinity for none */
  dueMs(): number
  /** sends one */
  send(nowMs: number): void
}

/**
 * Sends what is due, woken by timers only, never waiting busily. What leaves early does so by the timer alone, so that
 * it does not depend on the target.
 */
export const createPace = ({ nowMs, dueMs, send }: Options) => {
  let timer: NodeJS.Timeout | undefined
  let isStopped = false

  const catchUp = (untilMs: number, atMs: number) => {
    while (!isStopped && dueMs() <= untilMs) send(atMs)
  }

  const arm = () => {
    const waitMs = dueMs() - nowMs()
    if (isStopped || waitMs === Number.POSITIVE_INFINITY) return
    timer = setTimeout(wake, Math.max(GRAIN_MS, Math.min(Math.floor(waitMs - MARGIN_MS), LONGEST_TIMER_MS)))
  }

  const wake = () => {
    const atMs = nowMs()
    catchUp(atMs + GRAIN_MS + MARGIN_MS, atMs)
    arm()
  }

  return {
    start: arm,
    /** for the moments in which we are awake anyway: sends what is overdue, or due until then */
    catchUp: (atMs: number, untilMs = atMs) => catchUp(untilMs, atMs),
    stop: () => {
      isStopped = true
      clearTimeout(timer)
    },
  }
}
