import type { StatementRecord } from '../../../model/evidence.ts'
import { type BoundedMap, createBoundedMap } from './bounded-map.ts'
import type { SqlText } from './sql-text.ts'

/** What Parse made: the text, and the types of its parameters once they are known. */
export type Prepared = { text: SqlText; types: readonly number[] }

/** What Bind made of it. Executing it again goes on with the same statement. */
export type Portal = { text: SqlText; parameters: (string | null)[]; record: StatementRecord | null }

const KEEP_PREPARED = 2_000
const KEEP_PORTALS = 200

/** The names one connection has given, as the server knows them. */
export type Names = { prepared: BoundedMap<Prepared>; portals: BoundedMap<Portal> }

export const createNames = (): Names => ({
  prepared: createBoundedMap(KEEP_PREPARED),
  portals: createBoundedMap(KEEP_PORTALS),
})

const NOTHING: readonly number[] = []

/** For a name that was given before we listened, or long ago. */
export const unknownPrepared = (name: string): Prepared => {
  const sql = `(prepared statement "${name}")`
  return { text: { sql, shape: sql }, types: NOTHING }
}
