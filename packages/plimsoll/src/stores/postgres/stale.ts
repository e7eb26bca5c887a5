import type pg from 'pg'
import { codeOf, quote } from './connect.ts'

/** First half of the lock's key: "plim". */
const LOCK_CLASS = 0x706c696d

const NAME = /^plimsoll_([0-9a-f]{8})_(?:template|\d+)$/

const lockKey = (labId: string) => Number.parseInt(labId, 16) | 0

/** Held by the session until it ends in whatever way: as long, the lab's databases are in use. */
export const markAlive = async (client: pg.Client, labId: string): Promise<void> => {
  await client.query('SELECT pg_advisory_lock($1, $2)', [LOCK_CLASS, lockKey(labId)])
}

const NO_SUCH_DATABASE = '3D000'

const dropIfThere = async (client: pg.Client, name: string): Promise<void> => {
  try {
    await client.query(`ALTER DATABASE ${quote(name)} WITH IS_TEMPLATE false`)
    await client.query(`DROP DATABASE ${quote(name)} WITH (FORCE)`)
  } catch (error) {
    // Another lab may be clearing up at the same time.
    if (codeOf(error) !== NO_SUCH_DATABASE) throw error
  }
}

/**
 * Drops databases of labs that were killed: ours by name and owner, and no living session holds their lock.
 * Only for a given server, which outlives us; one that the lab started dies with it.
 */
export const dropStale = async (client: pg.Client): Promise<void> => {
  const databases = await client.query<{ datname: string }>(
    `SELECT datname FROM pg_catalog.pg_database d JOIN pg_catalog.pg_roles r ON r.oid = d.datdba
     WHERE r.rolname = current_user AND d.datname <> current_database()`,
  )
  const locks = await client.query<{ key: string }>(
    `SELECT objid::text AS key FROM pg_catalog.pg_locks WHERE locktype = 'advisory' AND classid::text = $1 AND objsubid = 2`,
    [String(LOCK_CLASS)],
  )
  const alive = new Set(locks.rows.map((row) => Number(row.key) | 0))
  for (const { datname } of databases.rows) {
    const labId = NAME.exec(datname)?.[1]
    if (labId === undefined || alive.has(lockKey(labId))) continue
    await dropIfThere(client, datname)
  }
}
