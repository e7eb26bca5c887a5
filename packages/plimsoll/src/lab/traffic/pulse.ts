import type { RequestOptions } from '../../instruments/http/http.ts'
import type { Exchange } from '../../model/evidence.ts'
import type { Lab } from '../lab.ts'

export type Pulse = {
  /** answered, or given up, so far */
  readonly answered: readonly Exchange[]
  /** sent and still waiting */
  waiting(): number
  /** sends no more; resolves when every request sent has ended */
  stop(): Promise<Exchange[]>
}

/** Sends the requests in turn at a fixed pace, whether or not earlier ones were answered. */
export const startPulse = (
  lab: Pick<Lab, 'http'>,
  requests: readonly RequestOptions[],
  { everyMs, timeoutMs, signal }: { everyMs: number; timeoutMs: number; signal: AbortSignal },
): Pulse => {
  const answered: Exchange[] = []
  const open = new Set<Promise<void>>()
  let turn = 0
  const send = () => {
    const request = requests[turn % requests.length]
    turn += 1
    if (request === undefined) return
    const work = lab.http.request({ ...request, timeoutMs, signal }).then((exchange) => {
      answered.push(exchange)
      open.delete(work)
    })
    open.add(work)
  }
  send()
  const timer = setInterval(send, everyMs)
  signal.addEventListener('abort', () => clearInterval(timer), { once: true })
  return {
    answered,
    waiting: () => open.size,
    async stop() {
      clearInterval(timer)
      await Promise.all(open)
      return [...answered].sort((a, b) => a.atMs - b.atMs)
    },
  }
}
