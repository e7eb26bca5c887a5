import type { RequestOptions } from '../../instruments/http/http.ts'
import type { Exchange } from '../../model/evidence.ts'
import type { Lab } from '../lab.ts'

const isGood = ({ status }: Exchange) => status !== null && status < 400

/** It serves, and will not speak to us now: a rate limit, or a session that ended. No sign of a fault either way. */
export const turnsAway = ({ status }: Pick<Exchange, 'status'>) =>
  status === 401 || status === 403 || status === 429

export type Recovery = {
  /** from the end of the fault to the first good answer; null when there was none in time */
  recoveredMs: number | null
  exchanges: Exchange[]
}

export type RecoveryOptions = {
  withinMs: number
  signal: AbortSignal
  /** which answer shows that it works; default: one of success */
  serves?: (exchange: Exchange) => boolean
}

/** A first answer is waited for shortly, a later one longer: some requests take seconds by design. */
const FIRST_PATIENCE_MS = 2_000

/** Asks again and again until the request works; gives up early when the process is gone. */
export const awaitRecovery = async (
  lab: Pick<Lab, 'http' | 'nowMs' | 'sleep'> & { target: Pick<Lab['target'], 'exit'> },
  request: RequestOptions,
  { withinMs, signal, serves = isGood }: RecoveryOptions,
): Promise<Recovery> => {
  const fromMs = lab.nowMs()
  const exchanges: Exchange[] = []
  let patienceMs = FIRST_PATIENCE_MS
  while (lab.nowMs() - fromMs < withinMs && !signal.aborted) {
    const leftMs = Math.ceil(Math.max(FIRST_PATIENCE_MS, withinMs - (lab.nowMs() - fromMs)))
    const timeoutMs = Math.min(patienceMs, leftMs)
    const exchange = await lab.http.request({ ...request, timeoutMs, signal })
    exchanges.push(exchange)
    if (exchange.error === 'timeout') patienceMs *= 2
    if (serves(exchange)) return { recoveredMs: lab.nowMs() - fromMs, exchanges }
    if (lab.target.exit() !== null) break
    await lab.sleep(250)
  }
  return { recoveredMs: null, exchanges }
}
