import type { EnvRead } from '../../../model/system.ts'
import type { Endpoint, Wiring } from '../../define.ts'
import { type Reading, readName } from './read-name.ts'
import { renderAddress, renderSwitch, styleOf } from './render.ts'
import { FOREIGN_PORTS } from './words.ts'

type Variable = { name: string; value: string | null; reading: Reading | null }

/** libpq's own names, which most clients take where the app gives none. */
const libpq = (to: Endpoint): Record<string, string> => ({
  PGHOST: to.host,
  PGPORT: String(to.port),
  PGUSER: to.user,
  PGPASSWORD: to.password,
  PGDATABASE: to.database,
  PGSSLMODE: 'disable',
})

const speaksPostgres = (value: string) => /postg|pgsql|psycopg|^pg/i.test(value)

/** Groups whose port or dialect belongs to another store. */
const foreignGroups = (variables: readonly Variable[]): Set<string> => {
  const foreign = variables.filter(({ value, reading }) => {
    if (value === null || reading === null) return false
    if (reading.part === 'port') return FOREIGN_PORTS.has(value.trim())
    return reading.part === 'dialect' && /mysql|maria|mssql|mongo|oracle/i.test(value)
  })
  return new Set(foreign.map(({ reading }) => reading?.group ?? ''))
}

const valueFor = ({ name, value, reading }: Variable, to: Endpoint): string | null => {
  const style = styleOf(value)
  if (style === 'url' || style === 'keywords' || style === 'ado') return renderAddress(value, to)
  if (reading === null || style === 'foreign') return null
  switch (reading.part) {
    case 'url':
      return renderAddress(value, to)
    case 'host':
      return /^[^:/\s]+:\d+$/.test(value ?? '') ? `${to.host}:${to.port}` : to.host
    case 'port':
      return String(to.port)
    case 'user':
      return to.user
    case 'password':
      return to.password
    case 'database':
      return to.database
    case 'ssl':
      return renderSwitch(name, value)
    case 'dialect':
      return null
  }
}

/** A name alone is weak where its value is another dependency's; then the app is told, not changed. */
const elsewhere = (variables: readonly Variable[]): string[] =>
  variables.flatMap(({ name, value, reading }) => {
    if (value === null || reading === null) return []
    if (reading.part === 'url' && styleOf(value) === 'foreign')
      return [`${name} names another kind of store and was left alone`]
    if (reading.part === 'dialect' && /sqlite|libsql/i.test(value) && !speaksPostgres(value))
      return [`${name} is "${value}", so the app may not use PostgreSQL at all`]
    return []
  })

const gapOf = (wired: readonly Variable[], variables: readonly Variable[]): string | null => {
  const isAddress = ({ value, reading }: Variable) =>
    reading?.part === 'url' || ['url', 'keywords', 'ado'].includes(styleOf(value))
  const has = (part: Reading['part']) => wired.filter(({ reading }) => reading?.part === part)
  const gaps = elsewhere(variables)
  const [host] = has('host')
  if (!wired.some(isAddress)) {
    const read = wired.map(({ name }) => name).join(', ')
    if (!host)
      gaps.push(
        read === ''
          ? 'the app reads no variable that names PostgreSQL: its address may be written into the source'
          : `the app reads ${read} but no host: its address may be written into the source`,
      )
    else if (has('port').length === 0 && !/:\d+$/.test(host.value ?? ''))
      gaps.push(`the app reads ${host.name} but no port: it finds the lab only where its client takes PGPORT`)
  }
  return gaps.length > 0 ? gaps.join('; ') : null
}

/**
 * What to set so that the app meets `to` instead of what its variables named. A value decides before a name does; a
 * name counts only with a store's word in it, so that REDIS_HOST, SMTP_HOST and the app's own HOST stay as they are.
 */
export const wirePostgres = (to: Endpoint | null, reads: readonly EnvRead[]): Wiring => {
  if (to === null) return { env: {}, by: [], gap: null }
  const variables = reads.map(
    ({ name, default: fallback, example }): Variable => ({
      name,
      value: example ?? fallback,
      reading: readName(name),
    }),
  )
  const foreign = foreignGroups(variables)
  const ours = variables.filter(
    ({ reading, value }) => styleOf(value) === 'url' || !reading || !foreign.has(reading.group),
  )
  const env = libpq(to)
  const wired: Variable[] = []
  for (const variable of ours) {
    const value = valueFor(variable, to)
    if (value === null) continue
    env[variable.name] = value
    wired.push(variable)
  }
  const gap = gapOf(wired, ours)
  if (wired.length === 0 && !reads.some(({ name }) => name === 'DATABASE_URL'))
    env.DATABASE_URL = renderAddress(null, to)
  return { env, by: [...new Set(wired.map(({ name }) => name))], gap }
}
