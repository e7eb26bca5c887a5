/**
 * What somebody else promises, or the signal's reason, whichever comes first.
 * @param graceMs what was started is given so long to end by itself after the signal
 */
export const orAbort = async <T>(coming: Promise<T>, signal: AbortSignal, graceMs = 0): Promise<T> => {
  signal.throwIfAborted()
  let stop = () => {}
  let timer: NodeJS.Timeout | undefined
  const aborted = new Promise<never>((_, reject) => {
    stop = () => {
      timer = setTimeout(() => reject(signal.reason), graceMs)
    }
    signal.addEventListener('abort', stop, { once: true })
  })
  try {
    return await Promise.race([coming, aborted])
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', stop)
  }
}
