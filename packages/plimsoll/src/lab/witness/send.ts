import type { Exchange } from '../../model/evidence.ts'
import type { KnownRequest, Lab } from '../lab.ts'
import { freshen } from '../speak/freshen.ts'
import type { Sent } from './witness.ts'

/** A writer may show its values a little later; this long it is waited for. */
export const LAG_LIMIT_MS = 4_000
const EVERY_MS = 200

/** 202 promises nothing yet: what it took on may still be in memory. */
export const isAcknowledged = ({ status }: Pick<Exchange, 'status'>): boolean =>
  status !== null && status >= 200 && status < 300 && status !== 202

/** Asks again and again; resolves false when the answer was no for four seconds. */
export const until = async (
  lab: Pick<Lab, 'nowMs' | 'sleep'>,
  signal: AbortSignal,
  test: () => Promise<boolean>,
): Promise<boolean> => {
  const fromMs = lab.nowMs()
  for (;;) {
    if (await test()) return true
    if (lab.nowMs() - fromMs > LAG_LIMIT_MS || signal.aborted) return false
    await lab.sleep(EVERY_MS)
  }
}

/** One more write of a known kind, with values of its own. */
export const sendFresh = async (
  lab: Pick<Lab, 'http' | 'random'>,
  known: KnownRequest,
  signal: AbortSignal,
): Promise<Sent> => {
  const sent = freshen(known.request, lab.random)
  const answer = await lab.http.request({ ...sent, bodyLimit: 65_536, signal })
  return { sent, template: known.request, answer }
}
