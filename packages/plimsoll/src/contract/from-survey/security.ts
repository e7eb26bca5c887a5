import type { Route } from '../../model/system.ts'
import type { Group } from './json.ts'

type Carrier = NonNullable<Route['credentials']>[number]

type Scheme = { name: string; scheme: Group }

/** Where a guard was seen to look for who is calling, in the words of OpenAPI; null where the name is not known. */
const schemeOf = ({ in: where, name }: Carrier): Scheme | null => {
  if (where === 'bearer' || where === 'basic') return { name: where, scheme: { type: 'http', scheme: where } }
  if (name === undefined) return null
  return { name: where === 'cookie' ? `cookie.${name}` : name, scheme: { type: 'apiKey', in: where, name } }
}

/**
 * `security` of one operation: one alternative for each carrier its guards look at, none where nothing guards it,
 * absent where that is not known.
 */
export const securityOf = (route: Route, schemes: Map<string, Group>): Group => {
  if (route.guard === 'no') return { security: [] }
  const found = (route.credentials ?? []).flatMap((each) => schemeOf(each) ?? [])
  if (route.guard !== 'yes') return {}
  for (const { name, scheme } of found) if (!schemes.has(name)) schemes.set(name, scheme)
  return found.length === 0
    ? { 'x-plimsoll-guard': 'yes' }
    : { security: found.map(({ name }) => ({ [name]: [] })) }
}
