import { fault } from '../../base/errors/fault.ts'
import type { Lab } from '../../lab/lab.ts'
import type { QueryAnswer } from './door.ts'

const TIMEOUT_MS = 10_000
const MOST_ROWS = 200

/**
 * One reading statement on the first store of the lab that can be held to reading.
 * @throws E_FORBIDDEN where there is none, E_QUERY_REFUSED with what the store says
 */
export const queryLab = async (lab: Lab, sql: string, signal: AbortSignal): Promise<QueryAnswer> => {
  for (const { id, database } of lab.stores) {
    if (database.read === undefined) continue
    const answer = await database.read(sql, { timeoutMs: TIMEOUT_MS, mostRows: MOST_ROWS, signal })
    return { ...answer, store: `${id} (lab)` }
  }
  const stores = lab.stores.map(({ id }) => id).join(', ') || 'no store'
  throw fault('E_FORBIDDEN', {
    call: 'query',
    reason: `the lab has ${stores}, and nothing there that can be held to reading`,
    instead: 'Ask the app with http, or read the migrations and the code.',
  })
}
