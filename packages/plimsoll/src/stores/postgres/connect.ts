import pg from 'pg'
import type { Endpoint } from '../define.ts'

/** How our own sessions call themselves. */
export const OURS = 'plimsoll'

const settings = (endpoint: Endpoint) => ({
  ...endpoint,
  ssl: false,
  application_name: OURS,
  connectionTimeoutMillis: 10_000,
})

/** One connection straight to the server; the caller ends it. Throws what the server or the socket says. */
export const connect = async (endpoint: Endpoint): Promise<pg.Client> => {
  const client = new pg.Client(settings(endpoint))
  client.on('error', () => {})
  try {
    await client.connect()
    return client
  } catch (error) {
    await client.end().catch(() => {})
    throw error
  }
}

/** Connections that open when needed and never keep the process alive; losing an idle one is not an error. */
export const openPool = (endpoint: Endpoint, max: number): pg.Pool => {
  const pool = new pg.Pool({ ...settings(endpoint), max, idleTimeoutMillis: 2_000, allowExitOnIdle: true })
  pool.on('error', () => {})
  return pool
}

export const quote = (name: string): string => pg.escapeIdentifier(name)

/** SQLSTATE or the socket's code; null for anything else. */
export const codeOf = (error: unknown): string | null =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null
