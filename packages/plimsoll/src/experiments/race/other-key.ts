import { quoteName } from '../../base/sql/quote.ts'
import type { Operation } from '../../lab/operations/operation.ts'
import type { Profile } from '../../lab/operations/profile.ts'
import type { Ground } from './trial.ts'

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

type Place = { table: string; column: string }

/** The columns that statements compare with this value. */
const placesFor = ({ statements }: Profile, value: string): Place[] =>
  statements.flatMap(({ facts, parameters: given }) =>
    [...facts.reads, ...facts.writes].flatMap(({ table, keys }) =>
      keys
        .filter(({ parameter, literal }) => (parameter === null ? literal : given[parameter - 1]) === value)
        .map(({ column }) => ({ table, column })),
    ),
  )

/** The path with its last parameter naming another row of the same table; null when there is none, or none is seen. */
export const findOtherKey = async (
  { controlled }: Ground,
  operation: Operation,
  profile: Profile,
): Promise<{ path: string; shown: string } | null> => {
  for (const { index, value } of parameters(operation).reverse()) {
    const [place] = placesFor(profile, value)
    if (place === undefined) continue
    const column = quoteName(place.column)
    const { rows } = await controlled.store.database
      .query(
        `SELECT ${column}::text AS other FROM ${quoteName(place.table)} WHERE ${column}::text <> $1 ORDER BY ${column} LIMIT 1`,
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

const meets = (a: readonly Place[], b: readonly Place[]) =>
  a.some((one) => b.some(({ table, column }) => one.table === table && one.column === column))

/**
 * The path of `operation` with a parameter naming the row that `other` names; null when they name the same one
 * already, or rows of different tables.
 */
export const pathOnSameRow = (
  operation: { operation: Operation; profile: Profile },
  other: { operation: Operation; profile: Profile },
): string | null => {
  for (const theirs of parameters(other.operation)) {
    for (const own of parameters(operation.operation)) {
      if (own.value === theirs.value) continue
      const places = placesFor(operation.profile, own.value)
      if (meets(places, placesFor(other.profile, theirs.value)))
        return withSegment(operation.operation.request.path, own.index, theirs.value)
    }
  }
  return null
}
