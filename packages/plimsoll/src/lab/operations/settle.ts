import type { Lab, Wire } from '../lab.ts'

const EVERY_MS = 10
const LIMIT_MS = 5_000

const isIdle = (wire: Wire) =>
  wire.connections().every(({ closedAtMs, pending, transaction }) => {
    if (closedAtMs !== null) return true
    return pending === 0 && (transaction === null || transaction === 'I')
  })

/**
 * Waits until the store has nothing to do for this long: work that an app goes on with after its answer is over.
 * Resolves false when it still had something to do after 5 s: an open transaction, for instance.
 */
export const settle = async (
  lab: Pick<Lab, 'sleep' | 'nowMs'>,
  wire: Wire,
  background: ReadonlySet<string>,
  quietMs = 30,
): Promise<boolean> => {
  const fromMs = lab.nowMs()
  let mark = wire.mark()
  let quietFromMs = fromMs
  while (lab.nowMs() - fromMs < LIMIT_MS) {
    const busy = !isIdle(wire) || wire.since(mark).some(({ shape }) => !background.has(shape))
    if (busy) {
      mark = wire.mark()
      quietFromMs = lab.nowMs()
    }
    if (lab.nowMs() - quietFromMs >= quietMs) return true
    await lab.sleep(EVERY_MS)
  }
  return false
}

/** Shapes of statements that come without any request: jobs, polls, keep-alives. */
export const watchBackground = async (
  lab: Pick<Lab, 'sleep'>,
  wire: Wire,
  forMs = 1_000,
): Promise<Set<string>> => {
  const mark = wire.mark()
  await lab.sleep(forMs)
  return new Set(wire.since(mark).map(({ shape }) => shape))
}
