import type { Endpoint, Identity } from '../define.ts'
import { connect } from './connect.ts'
import { whyNot } from './given.ts'

/** Asks the server who it is, in one connection that only reads. Null where it does not let us in. */
export const identifyPostgres = async (endpoint: Endpoint): Promise<Identity | null> => {
  const client = await connect(endpoint).catch(() => null)
  if (client === null) return null
  try {
    await client.query('SET default_transaction_read_only = on')
    const { rows } = await client.query<{ id: string }>(
      'SELECT system_identifier::text AS id FROM pg_catalog.pg_control_system()',
    )
    return { server: rows[0]?.id ?? 'unknown', holds: await whyNot(client) }
  } catch {
    return null
  } finally {
    await client.end()
  }
}
