import { touchesData } from '../../base/sql/verb.ts'
import type { ProfiledStatement } from '../../lab/operations/profile.ts'
import type { StatementRecord } from '../../model/evidence.ts'

type Order =
  | { do: 'fail'; sqlstate: string; message: string }
  | { do: 'cut'; when: 'before' | 'after-reply-withheld' }

/** What the store does to one request. */
export type Fault = {
  /** as a report names it */
  name: string
  /** which statement of the request: its first read or write of data, its first write, or what commits it */
  at: 'data' | 'write' | 'commit'
  /** strikes every statement of that shape for as long as the request lasts, not only the first one */
  lasts: boolean
  order: Order
}

const fail = (sqlstate: string, message: string): Order => ({ do: 'fail', sqlstate, message })

const SERIALIZATION = fail('40001', 'could not serialize access due to concurrent update')
const DEADLOCK = fail('40P01', 'deadlock detected')
const SHUTDOWN = fail('57P01', 'terminating connection due to administrator command')
const TOO_MANY = fail('53300', 'sorry, too many clients already')
const CANCELED = fail('57014', 'canceling statement due to statement timeout')

export const READ_FAULTS: readonly Fault[] = [
  { name: 'admin shutdown', at: 'data', lasts: false, order: SHUTDOWN },
  { name: 'too many connections', at: 'data', lasts: true, order: TOO_MANY },
]

export const WRITE_FAULTS: readonly Fault[] = [
  { name: 'serialization failure', at: 'write', lasts: true, order: SERIALIZATION },
  { name: 'deadlock', at: 'write', lasts: false, order: DEADLOCK },
  { name: 'admin shutdown', at: 'write', lasts: false, order: SHUTDOWN },
  {
    name: 'connection lost before the commit',
    at: 'commit',
    lasts: false,
    order: { do: 'cut', when: 'before' },
  },
  {
    name: 'connection lost after the commit',
    at: 'commit',
    lasts: false,
    order: { do: 'cut', when: 'after-reply-withheld' },
  },
]

/** Sent again and again to see whether each failure costs a connection: errors that leave the connection usable. */
export const DRAIN_READ: Fault = { name: 'statement cancelled', at: 'data', lasts: true, order: CANCELED }
export const DRAIN_WRITE: Fault = {
  name: 'serialization failure',
  at: 'write',
  lasts: true,
  order: SERIALIZATION,
}

/** The statement to strike: the nth of its shape, and how often that shape comes in one undisturbed request. */
export type Mark = { shape: string; nth: number; usual: number }

const markOf = (statements: readonly Pick<ProfiledStatement, 'shape'>[], index: number): Mark | null => {
  const shape = statements[index]?.shape
  if (shape === undefined) return null
  const same = (some: readonly Pick<ProfiledStatement, 'shape'>[]) =>
    some.filter((one) => one.shape === shape).length
  return { shape, nth: same(statements.slice(0, index + 1)), usual: same(statements) }
}

/** In an operation; what commits a write without a transaction is the last write itself. */
export const findInOperation = (statements: readonly ProfiledStatement[], at: Fault['at']): Mark | null => {
  const kinds = statements.map(({ facts }) => facts.kind)
  if (at === 'data')
    return markOf(
      statements,
      kinds.findIndex((kind) => kind === 'read' || kind === 'write'),
    )
  if (at === 'write') return markOf(statements, kinds.indexOf('write'))
  const commit = kinds.lastIndexOf('commit')
  return markOf(statements, commit >= 0 ? commit : kinds.lastIndexOf('write'))
}

/** In a read, of which nothing needs to be known but its text. */
export const findInRead = (statements: readonly StatementRecord[]): Mark | null =>
  markOf(
    statements,
    statements.findIndex(({ sql }) => touchesData(sql)),
  )
