import { isWrite, touchesData } from '../../base/sql/verb.ts'
import type { RequestOptions } from '../../instruments/http/http.ts'
import type { Exchange, StatementRecord } from '../../model/evidence.ts'
import type { Lab } from '../lab.ts'
import { revive } from './revive.ts'

export type Observed = {
  exchange: Exchange
  statements: Record<string, number>
  writes: Record<string, number>
  /** statements that a store refused */
  refused: StatementRecord[]
}

/** Long enough to read whole lists from, so that ids can be learnt. */
const BODY_LIMIT = 65_536

/** A lab that is spoken to, and the shapes of statements that its background jobs send by themselves. */
export type Observing = Pick<Lab, 'http' | 'stores'> &
  Partial<Pick<Lab, 'target'>> & { background?: ReadonlySet<string> }

/** Sends one request alone and counts the statements it caused at each store. */
export const observe = async (lab: Observing, request: RequestOptions): Promise<Observed> => {
  const marks = lab.stores.map(({ wire }) => wire?.mark() ?? 0)
  const exchange = await lab.http.request({ bodyLimit: BODY_LIMIT, timeoutMs: 5_000, ...request })
  // Some requests end the process by design: what is asked next must not suffer for it.
  if (exchange.status === null && lab.target !== undefined) await revive({ target: lab.target })
  const seen = (index: number): StatementRecord[] =>
    (lab.stores[index]?.wire?.since(marks[index] ?? 0) ?? []).filter(
      ({ shape }) => lab.background?.has(shape) !== true,
    )
  const count = (keep: (sql: string) => boolean) =>
    Object.fromEntries(
      lab.stores.map(({ id }, index) => [id, seen(index).filter(({ sql }) => keep(sql)).length]),
    )
  const refused = lab.stores.flatMap((_, index) =>
    seen(index).filter(({ sqlstate }) => sqlstate !== undefined && sqlstate !== '00000'),
  )
  return { exchange, statements: count(touchesData), writes: count(isWrite), refused }
}

export const isSuccess = ({ status }: Pick<Exchange, 'status'>): boolean =>
  status !== null && status >= 200 && status < 300
