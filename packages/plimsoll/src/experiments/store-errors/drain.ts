import type { Exchange } from '../../model/evidence.ts'
import { isRateLimited } from '../../model/reading/rate-limit.ts'
import { awaitIdle, type Bench, BODY_CHARACTERS, type Subject } from './bench.ts'
import type { Fault } from './faults.ts'
import type { Drain } from './seen.ts'
import { arm, recover } from './strike.ts'

/** More than most pools hold. */
export const FAILURES = 25
const PATIENCE_MS = 3_000
const SERIES_MS = 7_000
const IDLE_LIMIT_MS = 1_000
/** A connection that was not given back never comes back. */
const RECOVERY_MS = 8_000
/** A circuit breaker that has opened closes again by then, and is no leak. */
const BREAKER_MS = 35_000

const isFailure = ({ status }: Exchange) => status === null || status >= 500

/** The same failing request again and again: one that no longer reaches the store waits for a connection. */
export const drain = async (bench: Bench, subject: Subject, fault: Fault): Promise<Drain | null> => {
  const { lab, wire, background, signal } = bench
  const mark = subject.mark(fault.at)
  if (mark === null || !(await bench.reset())) return null
  const since = wire.mark()
  const fromMs = lab.nowMs()
  const request = { ...subject.request, timeoutMs: PATIENCE_MS, bodyLimit: BODY_CHARACTERS, signal }
  const reachesStore = (from: number) => wire.since(from).some(({ shape }) => !background.has(shape))
  arm(bench, fault, mark)
  let sent = 0
  let blocked: Exchange | null = null
  while (sent < FAILURES && lab.nowMs() - fromMs < SERIES_MS && !signal.aborted) {
    const from = wire.mark()
    const exchange = await lab.http.request(request)
    sent += 1
    if (isRateLimited(exchange) || lab.target.exit() !== null) return null
    if (isFailure(exchange) && !reachesStore(from)) {
      blocked = exchange
      break
    }
    if (exchange.error === 'timeout') break
  }
  wire.heal()
  const open = await awaitIdle(bench, since, IDLE_LIMIT_MS)
  const limitMs = blocked !== null && open.length === 0 ? BREAKER_MS : RECOVERY_MS
  const recovery = await recover(bench, subject, limitMs)
  return {
    route: subject.route,
    fault: fault.name,
    sent,
    blockedAfter: blocked === null ? null : sent - 1,
    open: open.length,
    blocked,
    limitMs,
    ...recovery,
  }
}
