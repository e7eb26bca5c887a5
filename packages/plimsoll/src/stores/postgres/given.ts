import { lookup } from 'node:dns/promises'
import { BlockList, isIPv6 } from 'node:net'
import type pg from 'pg'
import { type Fault, fault } from '../../base/errors/fault.ts'
import type { Endpoint } from '../define.ts'
import { codeOf, connect } from './connect.ts'

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')

const PG_SCHEMES = new Set(['postgres:', 'postgresql:'])
const MARK = 'plimsoll_disposable'
const NAMED = 3

const withoutSecret = (url: URL) => {
  const shown = new URL(url)
  shown.password = ''
  shown.search = ''
  return shown.href
}

const parse = (text: string): { url: URL; endpoint: Endpoint } => {
  try {
    const url = new URL(text)
    if (!PG_SCHEMES.has(url.protocol)) throw new Error(`${url.protocol}// is not PostgreSQL`)
    const user = decodeURIComponent(url.username) || 'postgres'
    return {
      url,
      endpoint: {
        host: url.hostname.replace(/^\[|\]$/g, ''),
        port: Number(url.port || 5432),
        user,
        password: decodeURIComponent(url.password),
        database: decodeURIComponent(url.pathname.slice(1)) || user,
      },
    }
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : 'it is not a URL'
    throw fault('E_CONFIG_INVALID', { file: 'stores.postgres.url', problem }, { cause })
  }
}

const refuse = (url: URL, reason: string): Fault =>
  fault('E_STORE_NOT_DISPOSABLE', { url: withoutSecret(url), reason })

/** Every address that the name stands for must be this machine's own, whatever the name looks like. */
const resolveLoopback = async (url: URL, host: string): Promise<string[]> => {
  if (host === '' || url.searchParams.has('host') || url.searchParams.has('hostaddr'))
    throw refuse(url, 'is not reached through a TCP address of its own')
  const found = await lookup(host, { all: true }).catch(() => [])
  const addresses = found.map((entry) => entry.address)
  if (addresses.length === 0) throw refuse(url, `is on "${host}", a name that stands for no address`)
  const foreign = addresses.find((address) => !loopback.check(address, isIPv6(address) ? 'ipv6' : 'ipv4'))
  if (foreign) throw refuse(url, `is on ${foreign}, which is not this machine's loopback`)
  return addresses
}

const reach = async (url: URL, endpoint: Endpoint, addresses: readonly string[]) => {
  let last: unknown
  for (const host of addresses) {
    try {
      return { client: await connect({ ...endpoint, host }), endpoint: { ...endpoint, host } }
    } catch (error) {
      last = error
    }
  }
  const said = last instanceof Error && last.message !== '' ? last.message : codeOf(last)
  throw fault(
    'E_STORE_UNAVAILABLE',
    {
      store: 'PostgreSQL',
      reason: `${withoutSecret(url)} does not take us (${said ?? 'no answer'})`,
      install: 'Start that server, mend "stores.postgres.url", or remove it: the lab then starts its own.',
    },
    { cause: last },
  )
}

const HOLDINGS = `
  SELECT n.nspname || '.' || c.relname AS name, c.relname AS short
  FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm', 'S') AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
    AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
                    WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
  ORDER BY array_position(ARRAY['r', 'p', 'f', 'm', 'v', 'S'], c.relkind::text), 1`

/** Null when the database may be thrown away, else what speaks against it. */
export const whyNot = async (client: pg.Client): Promise<string | null> => {
  const { rows } = await client.query<{ name: string; short: string }>(HOLDINGS)
  if (rows.length === 0 || rows.some((row) => row.short === MARK)) return null
  const names = rows.slice(0, NAMED).map((row) => row.name)
  const more = rows.length > NAMED ? ` and ${rows.length - NAMED} more` : ''
  return `holds ${names.join(', ')}${more}`
}

const mayCreate = async (client: pg.Client): Promise<boolean> => {
  const { rows } = await client.query<{ may: boolean }>(
    'SELECT rolsuper OR rolcreatedb AS may FROM pg_catalog.pg_roles WHERE rolname = current_user',
  )
  return rows[0]?.may === true
}

export type Given = {
  endpoint: Endpoint
  version: string
  /** open while the lab lives; the caller ends it */
  client: pg.Client
}

/**
 * Connects to the server that the user named, once it is certain that nothing there is anybody's data. Throws
 * E_STORE_NOT_DISPOSABLE naming what it holds, E_STORE_UNAVAILABLE, or E_CONFIG_INVALID.
 */
export const openGiven = async (text: string): Promise<Given> => {
  const { url, endpoint } = parse(text)
  const addresses = await resolveLoopback(url, endpoint.host)
  const reached = await reach(url, endpoint, addresses)
  const { client } = reached
  try {
    const reason = await whyNot(client)
    if (reason !== null) throw refuse(url, reason)
    if (!(await mayCreate(client)))
      throw fault('E_STORE_UNAVAILABLE', {
        store: 'PostgreSQL',
        reason: `the role "${endpoint.user}" of ${withoutSecret(url)} may not create databases`,
        install: `Let it: ALTER ROLE "${endpoint.user}" CREATEDB;`,
      })
    const { rows } = await client.query<{ server_version: string }>('SHOW server_version')
    return { client, endpoint: reached.endpoint, version: rows[0]?.server_version.split(' ')[0] ?? 'unknown' }
  } catch (error) {
    await client.end()
    throw error
  }
}
