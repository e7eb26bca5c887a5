import type pg from 'pg'
import { quote } from './connect.ts'

/** Settings whose value is a list of names: quoted as a whole they would be one name. */
const LISTS = new Set([
  'local_preload_libraries',
  'search_path',
  'session_preload_libraries',
  'temp_tablespaces',
])

/** `"$user", public` as literals: `'$user', 'public'`; an empty list is one empty name. */
const listLiterals = (value: string, literal: (text: string) => string): string => {
  const names = [...value.matchAll(/"((?:[^"]|"")*)"|[^\s,"]+/g)].map(
    ([whole, quoted]) => quoted?.replaceAll('""', '"') ?? whole,
  )
  return (names.length === 0 ? [''] : names).map(literal).join(', ')
}

type Row = { role: string | null; setting: string }

/** A database made from a template does not inherit what ALTER DATABASE … SET said of that template; this does it. */
export const copySettings = async (admin: pg.Pool, from: string, to: string): Promise<void> => {
  const { rows } = await admin.query<Row>(
    `SELECT r.rolname AS role, unnest(s.setconfig) AS setting
     FROM pg_catalog.pg_db_role_setting s JOIN pg_catalog.pg_database d ON d.oid = s.setdatabase
     LEFT JOIN pg_catalog.pg_roles r ON r.oid = s.setrole WHERE d.datname = $1`,
    [from],
  )
  for (const { role, setting } of rows) {
    const [, name = '', value = ''] = /^([^=]+)=([\s\S]*)$/.exec(setting) ?? []
    const literal = (text: string) => `'${text.replaceAll("'", "''")}'`
    const shown = LISTS.has(name) ? listLiterals(value, literal) : literal(value)
    const whose = role === null ? '' : `ROLE ${quote(role)} IN `
    const parts = name.split('.').map(quote).join('.')
    await admin.query(`ALTER ${whose}DATABASE ${quote(to)} SET ${parts} TO ${shown}`)
  }
}
