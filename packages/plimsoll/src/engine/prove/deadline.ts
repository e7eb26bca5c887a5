import { setMaxListeners } from 'node:events'

/** One signal for both reasons to stop early: the user's signal and the end of the budget. */
export type Deadline = {
  signal: AbortSignal
  /** why it was aborted; null while it is not */
  ended(): 'budget' | 'interrupted' | null
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
  const timer = setTimeout(() => stop('budget'), budgetSeconds * 1_000)
  if (user.aborted) onUser()
  user.addEventListener('abort', onUser, { once: true })
  return {
    signal: own.signal,
    ended: () => ended,
    close() {
      clearTimeout(timer)
      user.removeEventListener('abort', onUser)
    },
  }
}
