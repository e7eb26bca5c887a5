import type { Operation } from '../../lab/operations/operation.ts'
import type { Profile } from '../../lab/operations/profile.ts'
import type { Ground } from './trial.ts'

const quote = (name: string) =>
  name
    .split('.')
    .map((part) => `"${part.replaceAll('"', '""')}"`)
    .join('.')

/** Path segments that the route takes as parameters: where they stand, and as what they were sent. */
const parameters = ({ known, request }: Operation): { index: number; value: string }[] => {
  const sent = request.path.split('/')
  return known.route.path
    .split('/')
    .flatMap((part, index) =>
      part.startsWith(':') ? [{ index, value: decodeURIComponent(sent[index] ?? '') }] : [],
    )
}

const withSegment = (path: string, index: number, value: string) =>
  path
    .split('/')
    .map((part, at) => (at === index ? encodeURIComponent(value) : part))
    .join('/')

/** The column that a statement compares with this value. */
const columnFor = ({ statements }: Profile, value: string) => {
  for (const { facts, parameters: given } of statements) {
    for (const { table, keys } of [...facts.reads, ...facts.writes]) {
      const key = keys.find(({ parameter, literal }) => {
        const compared = parameter === null ? literal : given[parameter - 1]
        return compared === value
      })
      if (key !== undefined) return { table, column: key.column }
    }
  }
  return null
}

/** The path with its last parameter naming another row of the same table; null when there is none, or none is seen. */
export const findOtherKey = async (
  { controlled }: Ground,
  operation: Operation,
  profile: Profile,
): Promise<{ path: string; shown: string } | null> => {
  for (const { index, value } of parameters(operation).reverse()) {
    const place = columnFor(profile, value)
    if (place === null) continue
    const column = quote(place.column)
    const { rows } = await controlled.store.database
      .query(
        `SELECT ${column}::text AS other FROM ${quote(place.table)} WHERE ${column}::text <> $1 ORDER BY ${column} LIMIT 1`,
        [value],
      )
      .catch(() => ({ rows: [] }))
    const other = rows[0]?.other
    if (typeof other !== 'string') continue
    return {
      path: withSegment(operation.request.path, index, other),
      shown: `${place.table}.${place.column} ${value} and ${other}`,
    }
  }
  return null
}
