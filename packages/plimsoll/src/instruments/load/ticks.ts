import type { LoadTick } from './load.ts'

export const TICK_MS = 100

type Ending = { isGood: boolean; isSlow: boolean; hasFailed: boolean }

/** The tenths of a second of a run: each is told once its time is over, and goes on being counted after that. */
export const createTicks = (durationMs: number, onTick: (tick: LoadTick) => void) => {
  const ticks = Array.from(
    { length: Math.ceil(durationMs / TICK_MS) },
    (_, index): LoadTick => ({ atMs: index * TICK_MS, meant: 0, good: 0, slow: 0, failed: 0, open: 0 }),
  )
  const unanswered = ticks.map(() => 0)
  let told = 0
  /** of the ticks told */
  let open = 0
  let lastMeant = -1

  /** A timer may wake a little before the beginning, or after the end. */
  const indexOf = (atMs: number) => Math.max(0, Math.min(ticks.length - 1, Math.floor(atMs / TICK_MS)))

  const tell = (index: number) => {
    const tick = ticks[index]
    if (tick === undefined) return
    open += unanswered[index] ?? 0
    tick.open = open
    told = index + 1
    onTick({ ...tick })
  }

  const count = (index: number, change: 1 | -1) => {
    if (index < told) open += change
    else unanswered[index] = (unanswered[index] ?? 0) + change
  }

  const isOver = (atMs: number) => told < ticks.length && atMs >= (told + 1) * TICK_MS

  return {
    begin: (atMs: number) => {
      const index = indexOf(atMs)
      const tick = ticks[index]
      if (tick === undefined) return
      tick.meant += 1
      lastMeant = Math.max(lastMeant, index)
      count(index, 1)
    },
    end: (atMs: number, { isGood, isSlow, hasFailed }: Ending) => {
      const index = indexOf(atMs)
      const tick = ticks[index]
      if (tick === undefined) return
      if (isGood) tick.good += 1
      if (isSlow) tick.slow += 1
      if (hasFailed) tick.failed += 1
      count(index, -1)
    },
    isOver,
    /** tells of those that are over at that time since the run began */
    roll: (atMs: number) => {
      while (isOver(atMs)) tell(told)
    },
    /** those that are over, or in which something was meant to leave before the run was stopped */
    finish: (): LoadTick[] => {
      while (told <= lastMeant) tell(told)
      return ticks.slice(0, told)
    },
  }
}
