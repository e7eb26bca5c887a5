import type { OpenLine } from './exchange.ts'
import { openHttp1 } from './http1/open-line.ts'
import { MOST_STREAMS, openHttp2 } from './http2/open-line.ts'
import type { LoadPlan } from './load.ts'

const BUFFER_BYTES = 65_536
const buffer = Buffer.allocUnsafeSlow(BUFFER_BYTES)

/** How the plan's protocol opens connections, and how many requests each carries at once. */
export const openLines = (
  { protocol, target, churn = false }: LoadPlan,
  nowMs: () => number,
): { open: OpenLine; roomOfNew: number } => {
  const bare = { ...target, host: target.host.replace(/^\[|\]$/g, '') }
  return protocol === 'h2c'
    ? { open: openHttp2({ target: bare, churn, nowMs }), roomOfNew: churn ? 1 : MOST_STREAMS }
    : { open: openHttp1({ target: bare, churn, buffer, nowMs }), roomOfNew: 1 }
}
