import type { Lab } from '../../lab/lab.ts'
import { freeze, labelOf, operationsOf } from '../../lab/operations/operation.ts'
import type { ChanceSeen } from './seen.ts'

const AT_ONCE = 20
const OPERATIONS = 8

/**
 * For a store that we cannot order: an operation that refuses its own repetition is sent many times at once, with the
 * last byte of all kept back until everything else is there.
 */
export const leaveToChance = async (
  lab: Lab,
  signal: AbortSignal,
  focus: readonly string[] | undefined,
): Promise<ChanceSeen[]> => {
  const seen: ChanceSeen[] = []
  const posts = operationsOf(lab).filter(({ request }) => request.method === 'POST')
  for (const { known } of posts.slice(0, OPERATIONS)) {
    const label = labelOf(known)
    if (signal.aborted || (focus !== undefined && !focus.includes(`${label} × itself`))) continue
    const once = freeze(known, lab.random).request
    const first = await lab.http.request({ ...once, signal })
    const second = await lab.http.request({ ...once, signal })
    const again = freeze(known, lab.random).request
    const answers = await lab.http.burst(
      Array.from({ length: AT_ONCE }, () => again),
      { lastByte: true },
    )
    seen.push({
      label,
      serial: [first.status, second.status],
      statuses: answers.map(({ status }) => status),
    })
  }
  return seen
}
