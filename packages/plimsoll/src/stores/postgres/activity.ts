import type pg from 'pg'
import type { SessionActivity } from '../define.ts'
import { OURS } from './connect.ts'

/** A backend that is still letting its client in has no state yet. */
const ACTIVITY = {
  name: 'plimsoll_activity',
  text: `
    SELECT pid AS session, state, wait_event_type AS waits, query AS sql,
      extract(epoch FROM clock_timestamp() - state_change)::float8 * 1000 AS ms
    FROM pg_catalog.pg_stat_activity
    WHERE datname = current_database() AND backend_type = 'client backend' AND state IS NOT NULL
      AND application_name IS DISTINCT FROM $1`,
  values: [OURS],
}

type Told = { session: number; state: string; waits: string | null; sql: string | null; ms: number | null }

const WAITS: Readonly<Record<string, SessionActivity['waits']>> = { Lock: 'lock', IO: 'io', Client: 'client' }

const stateOf = (state: string): SessionActivity['state'] => {
  if (state === 'idle') return 'idle'
  return state.startsWith('idle in transaction') ? 'held' : 'active'
}

/** One row of `pg_stat_activity` in the words of all stores. */
export const readActivity = ({ session, state: told, waits, sql, ms }: Told): SessionActivity => {
  const state = stateOf(told)
  return {
    session,
    state,
    waits: state !== 'active' || waits === null ? null : (WAITS[waits] ?? 'other'),
    sql: sql ?? '',
    forMs: Math.max(0, ms ?? 0),
  }
}

/** What every session of the database does, besides ours. */
export const listActivity = async (pool: pg.Pool): Promise<SessionActivity[]> => {
  const { rows } = await pool.query<Told>(ACTIVITY)
  return rows.map(readActivity)
}
