import type { Endpoint } from '../define.ts'
import { connect } from './connect.ts'

const TABLES = `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
  WHERE schemaname <> 'information_schema' AND schemaname !~ '^pg_'`

/**
 * Locks every table, so that statements wait inside the server, where its own time-outs reach them.
 * @returns ends the wait
 * @throws what the server says, when a lock is not had within 3 s
 */
export const stall = async (endpoint: Endpoint): Promise<() => Promise<void>> => {
  const client = await connect(endpoint)
  try {
    const { rows } = await client.query<{ name: string }>(TABLES)
    await client.query('BEGIN')
    await client.query("SET LOCAL lock_timeout = '3s'")
    const names = rows.map(({ name }) => name).join(', ')
    if (names !== '') await client.query(`LOCK TABLE ${names} IN ACCESS EXCLUSIVE MODE`)
  } catch (thrown) {
    await client.end()
    throw thrown
  }
  return () => client.end()
}
