import type { Sighting } from '../../packages/plimsoll/src/experiments/injection/family.ts'
import type { Exchange } from '../../packages/plimsoll/src/model/evidence.ts'
import { exchange, statement } from './exchange.ts'

export const MARK = 'qabcdefghijk'

/** What was seen of one request that carries `MARK`; the answer is 200 with an empty list. */
export const sighting = (
  parts: Partial<Omit<Sighting, 'exchange' | 'statements'>> & {
    answer?: Partial<Exchange>
    shapes?: string[]
  } = {},
): Sighting => {
  const { answer = {}, shapes = [], ...rest } = parts
  return {
    role: 'attack',
    sent: MARK,
    mark: MARK,
    exchange: exchange(answer),
    statements: shapes.map((shape) => statement({ sql: shape, shape })),
    files: [],
    hits: [],
    shown: [],
    products: [],
    ...rest,
  }
}
