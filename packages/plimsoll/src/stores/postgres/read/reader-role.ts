import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import type { Endpoint } from '../../define.ts'
import { quote } from '../connect.ts'

/** Longer than any statement may take. */
const VALID_MINUTES = 5

const SCHEMAS = `SELECT quote_ident(nspname) AS name FROM pg_namespace
WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'`

/** Functions that reach other servers are everybody's once an extension brings them. */
const REACHING = `SELECT p.oid::regprocedure::text AS name FROM pg_proc p
JOIN pg_depend d ON d.objid = p.oid AND d.classid = 'pg_proc'::regclass AND d.deptype = 'e'
JOIN pg_extension e ON e.oid = d.refobjid WHERE e.extname = 'dblink'`

const namesOf = async (client: pg.Client, sql: string) => {
  const { rows } = await client.query<{ name: string }>(sql)
  return rows.map(({ name }) => name)
}

const grantReading = async (client: pg.Client, role: string): Promise<void> => {
  const { rowCount } = await client.query("SELECT FROM pg_roles WHERE rolname = 'pg_read_all_data'")
  if (rowCount) {
    await client.query(`GRANT pg_read_all_data TO ${quote(role)}`)
    return
  }
  for (const schema of await namesOf(client, SCHEMAS)) {
    await client.query(`GRANT USAGE ON SCHEMA ${schema} TO ${quote(role)}`)
    await client.query(`GRANT SELECT ON ALL TABLES IN SCHEMA ${schema} TO ${quote(role)}`)
  }
}

/** Somebody who may read everything in this database and do nothing else, for as long as `use` takes. */
const asReader = async <T>(
  client: pg.Client,
  endpoint: Endpoint,
  use: (as: Endpoint) => Promise<T>,
): Promise<T> => {
  const user = `plimsoll_reader_${randomBytes(6).toString('hex')}`
  const password = randomBytes(16).toString('hex')
  const until = new Date(Date.now() + VALID_MINUTES * 60_000).toISOString()
  await client.query(
    `CREATE ROLE ${quote(user)} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE BYPASSRLS PASSWORD '${password}' VALID UNTIL '${until}'`,
  )
  try {
    await grantReading(client, user)
    for (const name of await namesOf(client, REACHING))
      await client.query(`REVOKE EXECUTE ON FUNCTION ${name} FROM PUBLIC`)
    return await use({ ...endpoint, user, password })
  } finally {
    await client.query(`DROP OWNED BY ${quote(user)}`)
    await client.query(`DROP ROLE ${quote(user)}`)
  }
}

/**
 * A superuser may run programs and read files of the machine from within a statement that only reads, so reading is
 * left to somebody else. Whoever is no superuser may do neither.
 */
export const withReader = async <T>(
  client: pg.Client,
  endpoint: Endpoint,
  use: (as: Endpoint) => Promise<T>,
): Promise<T> => {
  const { rows } = await client.query<{ is: boolean }>(
    'SELECT rolsuper AS is FROM pg_roles WHERE rolname = current_user',
  )
  return rows[0]?.is === false ? use(endpoint) : asReader(client, endpoint, use)
}
