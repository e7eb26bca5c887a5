import type pg from 'pg'
import type { Endpoint } from '../../define.ts'
import { codeOf, connect } from '../connect.ts'

/**
 * Texts of values must be the same whatever the database or the role sets. The search path stays as it is, since
 * functions in checks and indexes may need it.
 */
const SETTINGS = `
SET timezone = 'UTC';
SET datestyle = 'ISO, MDY';
SET intervalstyle = 'postgres';
SET extra_float_digits = 1;
SET bytea_output = 'hex';
SET standard_conforming_strings = on;
SET lock_timeout = '5s';
SET statement_timeout = '30s'`

const NOT_PERMITTED = '42501'

/** Without its triggers and references, as a replica writes; false when the role may not. */
const becomeReplica = async (client: pg.Client): Promise<boolean> => {
  try {
    await client.query('SET session_replication_role = replica')
    return true
  } catch (error) {
    if (codeOf(error) === NOT_PERMITTED) return false
    throw error
  }
}

export type Session = { client: pg.Client; replica: boolean }

/** A connection of our own, which the caller ends. */
export const openSession = async (endpoint: Endpoint): Promise<Session> => {
  const client = await connect(endpoint)
  try {
    await client.query(SETTINGS)
    return { client, replica: await becomeReplica(client) }
  } catch (error) {
    await client.end()
    throw error
  }
}

/** All or nothing; `work` that throws or resolves false leaves no trace. */
export const transact = async <Result>(
  client: pg.Client,
  begin: string,
  work: () => Promise<Result>,
): Promise<Result> => {
  await client.query(begin)
  try {
    const result = await work()
    await client.query(result === false ? 'ROLLBACK' : 'COMMIT')
    return result
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {})
    throw error
  }
}
