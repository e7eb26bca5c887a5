import { isUnderWay } from './lane.ts'
import type { PlayOptions } from './options.ts'
import type { Stage } from './stage.ts'

const POLL_MS = 10

/** Waits until every request that was sent has its answer, or the play is stopped, or for that long. */
export const waitForAnswers = async (stage: Stage, options: PlayOptions, forMs: number): Promise<void> => {
  const startMs = options.nowMs()
  while ([stage.lanes.A, stage.lanes.B].some(isUnderWay)) {
    if (options.signal.aborted || options.nowMs() - startMs >= forMs) return
    await stage.changed(POLL_MS)
  }
}
