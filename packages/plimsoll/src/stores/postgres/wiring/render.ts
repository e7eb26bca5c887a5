import type { Endpoint } from '../../define.ts'

const POSTGRES_URL = /^(?:jdbc:)?(?:postgres|postgresql|pgsql|postgis)(?:\+\w+)?:\/\//i
const ANY_SCHEME = /^[a-z][a-z0-9+.-]*:(?:\/\/|\/|file:|memory:|mysql:|sqlserver:|oracle:|:memory:)|^file:/i
const KEYWORDS = /(?:^|\s)(?:host|hostaddr|dbname|user|port)\s*=\s*\S/gi
const ADO = /(?:^|;)\s*(?:host|server)\s*=[^;]*;/i
const SQL_SERVER = /initial catalog|trusted_connection|trustservercertificate|integrated security/i

/** How a value speaks of an address; `foreign` speaks of another dependency; `plain` says nothing. */
export type Style = 'url' | 'keywords' | 'ado' | 'foreign' | 'plain'

export const styleOf = (value: string | null): Style => {
  if (value === null) return 'plain'
  const text = value.trim()
  if (POSTGRES_URL.test(text)) return 'url'
  if (ANY_SCHEME.test(text)) return 'foreign'
  if (ADO.test(text)) return SQL_SERVER.test(text) ? 'foreign' : 'ado'
  return (text.match(KEYWORDS) ?? []).length > 1 ? 'keywords' : 'plain'
}

/** Query parameters that would lead elsewhere, or ask for TLS. */
const DROPPED = new Set([
  ...[
    'ssl',
    'sslmode',
    'sslcert',
    'sslkey',
    'sslrootcert',
    'sslaccept',
    'sslidentity',
    'sslpassword',
    'sslnegotiation',
  ],
  ...[
    'channel_binding',
    'gssencmode',
    'uselibpqcompat',
    'host',
    'hostaddr',
    'port',
    'user',
    'username',
    'password',
  ],
  ...['dbname', 'database', 'socket', 'socketfactory', 'cloudsqlinstance', 'target_session_attrs'],
])

/** The parameter that turns TLS off, by driver: one that is not known to a driver stops it. */
const noTls = (scheme: string): string | null => {
  if (scheme.includes('+asyncpg')) return 'ssl=disable'
  if (scheme.includes('+pg8000')) return null
  return 'sslmode=disable'
}

const keptQuery = (value: string): string[] => {
  const query = value.split('?')[1]?.split('#')[0] ?? ''
  return query
    .split('&')
    .filter((pair) => pair !== '' && !DROPPED.has((pair.split('=')[0] ?? '').toLowerCase()))
    .filter((pair) => !/^options=endpoint/i.test(pair))
}

const renderUrl = (value: string | null, to: Endpoint): string => {
  const scheme = POSTGRES_URL.exec(value?.trim() ?? '')?.[0] ?? 'postgresql://'
  const query = [...keptQuery(value ?? ''), noTls(scheme)].filter((pair) => pair !== null)
  const credentials = [encodeURIComponent(to.user), encodeURIComponent(to.password)]
  if (scheme.startsWith('jdbc:')) {
    query.unshift(`user=${credentials[0]}`, `password=${credentials[1]}`)
    return `${scheme}${to.host}:${to.port}/${to.database}?${query.join('&')}`
  }
  const asked = query.length > 0 ? `?${query.join('&')}` : ''
  return `${scheme}${credentials.join(':')}@${to.host}:${to.port}/${to.database}${asked}`
}

const KEYWORD_PAIR = /(\w+)\s*=\s*('(?:[^'\\]|\\.)*'|\S*)/g

const renderKeywords = (value: string, to: Endpoint): string => {
  const kept = [...value.matchAll(KEYWORD_PAIR)]
    .filter(([, key = '']) => !DROPPED.has(key.toLowerCase()))
    .map(([pair]) => pair)
  const ours = [`host=${to.host}`, `port=${to.port}`, `user=${to.user}`, `password=${to.password}`]
  return [...ours, `dbname=${to.database}`, 'sslmode=disable', ...kept].join(' ')
}

const ADO_DROPPED = new Set([
  ...[
    'host',
    'server',
    'port',
    'database',
    'username',
    'user id',
    'userid',
    'uid',
    'user',
    'password',
    'pwd',
  ],
  ...['ssl mode', 'sslmode', 'trust server certificate', 'root certificate', 'ssl certificate'],
])

const renderAdo = (value: string, to: Endpoint): string => {
  const kept = value
    .split(';')
    .filter((pair) => pair.trim() !== '' && !ADO_DROPPED.has((pair.split('=')[0] ?? '').trim().toLowerCase()))
  const ours = [`Host=${to.host}`, `Port=${to.port}`, `Database=${to.database}`, `Username=${to.user}`]
  return [...ours, `Password=${to.password}`, 'SSL Mode=Disable', ...kept].join(';')
}

/** An address in the style of the value that it replaces; a URL where there is no such value. */
export const renderAddress = (value: string | null, to: Endpoint): string => {
  const style = styleOf(value)
  if (value !== null && style === 'keywords') return renderKeywords(value, to)
  if (value !== null && style === 'ado') return renderAdo(value, to)
  return renderUrl(value, to)
}

/** Spellings of "TLS, please" and how each says no. */
const SWITCHES: readonly (readonly [RegExp, string])[] = [
  [/^(?:true|false)$/, 'false'],
  [/^(?:True|False)$/, 'False'],
  [/^(?:TRUE|FALSE)$/, 'FALSE'],
  [/^[01]$/, '0'],
  [/^(?:yes|no)$/i, 'no'],
  [/^(?:on|off)$/i, 'off'],
  [/^(?:disable|allow|prefer|require|verify-ca|verify-full|no-verify)$/i, 'disable'],
  [/^\{.*\}$/s, 'false'],
]

/**
 * A switch that says no in the style of the value it replaces. Null: leave it unset, because to many apps any text,
 * even "false", means yes.
 */
export const renderSwitch = (name: string, value: string | null): string | null => {
  if (value === null || value.trim() === '') return /mode$/i.test(name) ? 'disable' : null
  return SWITCHES.find(([pattern]) => pattern.test(value.trim()))?.[1] ?? null
}
