import { setMaxListeners } from 'node:events'

/** One signal for both reasons to stop early: the user's signal and the end of the budget. */
export type Deadline = {
  signal: AbortSignal
  /** why it was aborted; null while it is not */
  ended(): 'budget' | 'interrupted' | null
  /** stops the clock of the budget: what follows is not the proof's own time */
  hold(): void
  /** lets it run on */
  resume(): void
  close(): void
}

export const openDeadline = (budgetSeconds: number, user: AbortSignal): Deadline => {
  const own = new AbortController()
  // Every lab and request of the proof listens; that is no leak.
  setMaxListeners(0, own.signal)
  let ended: 'budget' | 'interrupted' | null = null
  const stop = (why: 'budget' | 'interrupted') => {
    ended ??= why
    own.abort(new Error(why === 'budget' ? 'the budget ran out' : 'interrupted'))
  }
  const onUser = () => stop('interrupted')
  let leftMs = budgetSeconds * 1_000
  let sinceMs = performance.now()
  let timer: NodeJS.Timeout | null = null
  const resume = () => {
    if (timer !== null || ended !== null) return
    sinceMs = performance.now()
    timer = setTimeout(() => stop('budget'), leftMs)
  }
  const hold = () => {
    if (timer === null) return
    clearTimeout(timer)
    timer = null
    leftMs = Math.max(0, leftMs - (performance.now() - sinceMs))
  }
  resume()
  if (user.aborted) onUser()
  user.addEventListener('abort', onUser, { once: true })
  return {
    signal: own.signal,
    ended: () => ended,
    hold,
    resume,
    close() {
      hold()
      user.removeEventListener('abort', onUser)
    },
  }
}
