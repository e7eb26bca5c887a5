import type { Route } from '../model/system.ts'
import type { Api, ApiOperation } from './api.ts'
import { operationOfRoute, routeShape } from './find-operation.ts'
import { renameDefinitions } from './rename-definitions.ts'

type Places = readonly Pick<Route, 'method' | 'path'>[]

/** How many of the routes an API says something of. */
export const countMatches = (api: Api, routes: Places): number =>
  routes.filter((route) => operationOfRoute(api, route) !== null).length

const keyOf = ({ method, path }: Pick<ApiOperation, 'method' | 'path'>) => `${method} ${routeShape(path)}`

const addTo = (all: Api, more: Api, known: ReadonlySet<string>): Api => {
  const had = new Set(all.operations.map(keyOf))
  const fresh = more.operations.filter((one) => known.has(keyOf(one)) && !had.has(keyOf(one)))
  if (fresh.length === 0) return all
  const { operations, definitions } = renameDefinitions(
    { operations: fresh, definitions: more.definitions },
    new Set(Object.keys(all.definitions)),
  )
  return {
    ...all,
    operations: [...all.operations, ...operations],
    definitions: { ...all.definitions, ...definitions },
    problems: [...all.problems, ...more.problems],
  }
}

/**
 * One API of several documents: the one that says most of the routes, and what the others say of routes that it
 * leaves out. Null where none says anything of any route.
 */
export const mergeApis = (apis: readonly Api[], routes: Places): Api | null => {
  const counted = apis
    .map((api) => ({ api, matches: countMatches(api, routes) }))
    .filter(({ matches }) => matches > 0)
    .sort((a, b) => b.matches - a.matches)
  const [first, ...others] = counted
  if (first === undefined) return null
  const known = new Set(routes.map(keyOf))
  return others.reduce((all, { api }) => addTo(all, api, known), first.api)
}
