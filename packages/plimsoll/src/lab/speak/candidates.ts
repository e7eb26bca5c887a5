import type { Route } from '../../model/system.ts'
import { contractBodies } from './contract-body.ts'
import { fromSchema } from './from-schema.ts'
import { improve } from './improve.ts'
import type { SpeakSources } from './speak.ts'

/** `user.email`, `items.0.productId`: the names a handler reads, as a body that has them. */
const fromNames = (names: readonly string[]): unknown =>
  improve(
    {},
    names.map((name) => ({ path: name.split('.'), type: null, oneOf: null, unwanted: false })),
  )

/** Bodies worth trying for a route, the best-founded first: declared, contract, schema in code, names read, empty. */
export const bodyCandidates = (route: Route, sources: SpeakSources): unknown[] => {
  const names = route.reads?.body ?? []
  const found = [
    ...contractBodies(sources, sources.service.routes, route),
    route.schemas?.body === undefined ? undefined : fromSchema(route.schemas.body, route.schemas.body),
    names.length === 0 ? undefined : fromNames(names),
    {},
  ]
  return found.filter((body) => body !== undefined)
}
