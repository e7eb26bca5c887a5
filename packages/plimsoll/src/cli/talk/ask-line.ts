import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'

/**
 * One line that somebody types, without the line end; null when there will be none: the input has ended, or the
 * signal came first. The terminal itself edits the line, so that this works on every one.
 */
export const readLine = (input: Readable, signal: AbortSignal): Promise<string | null> =>
  new Promise((resolve) => {
    if (signal.aborted || input.readableEnded) return resolve(null)
    const lines = createInterface({ input, terminal: false })
    const end = (line: string | null) => {
      signal.removeEventListener('abort', stop)
      lines.removeAllListeners()
      lines.close()
      input.pause()
      resolve(line)
    }
    const stop = () => end(null)
    lines.once('line', end)
    lines.once('close', stop)
    signal.addEventListener('abort', stop, { once: true })
  })
