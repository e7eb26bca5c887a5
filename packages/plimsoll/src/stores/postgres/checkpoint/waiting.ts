import type pg from 'pg'
import type { Waiting } from '../../define.ts'

const WAITING = `
  SELECT pid AS session, pg_blocking_pids(pid) AS for
  FROM pg_stat_activity
  WHERE datname = current_database() AND wait_event_type = 'Lock'`

/** Sessions of the database that wait for another one. One that waits for a lock that was just freed is left out. */
export const readWaiting = async (pool: pg.Pool): Promise<Waiting[]> => {
  const { rows } = await pool.query<Waiting>(WAITING)
  return rows.filter((row) => row.for.length > 0)
}
