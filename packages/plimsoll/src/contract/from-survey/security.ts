import type { Route } from '../../model/system.ts'
import type { Group } from './json.ts'

type Carrier = NonNullable<Route['credentials']>[number]

/** Where a guard was seen to look for who is calling, in the words of OpenAPI. */
const schemeOf = (carrier: Carrier): { name: string; scheme: Group } => {
  if (carrier.in === 'bearer') return { name: 'bearer', scheme: { type: 'http', scheme: 'bearer' } }
  if (carrier.in === 'basic') return { name: 'basic', scheme: { type: 'http', scheme: 'basic' } }
  const name = carrier.name ?? (carrier.in === 'cookie' ? 'session' : 'authorization')
  return {
    name: carrier.in === 'cookie' ? 'cookie' : name.toLowerCase(),
    scheme: { type: 'apiKey', in: carrier.in, name },
  }
}

/**
 * `security` of one operation: one alternative for each carrier its guards look at, none where nothing guards it,
 * absent where that is not known.
 */
export const securityOf = (route: Route, schemes: Map<string, Group>): Group => {
  if (route.guard === 'no') return { security: [] }
  const found = (route.credentials ?? []).map(schemeOf)
  if (route.guard !== 'yes') return {}
  for (const { name, scheme } of found) if (!schemes.has(name)) schemes.set(name, scheme)
  return found.length === 0
    ? { 'x-plimsoll-guard': 'yes' }
    : { security: found.map(({ name }) => ({ [name]: [] })) }
}
