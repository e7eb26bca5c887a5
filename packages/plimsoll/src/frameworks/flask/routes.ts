import type { Code } from '../../languages/python/code/code.ts'
import type { Route } from '../../model/system.ts'
import type { RouteTable } from '../define.ts'
import { createHolders, type Reached } from './holders.ts'
import { normalisePath, pathParameters, prefixed } from './paths.ts'
import { type Rule, readRules } from './rules.ts'
import { classMethods, handlerOf } from './views.ts'

export const readRoutes = (code: Code): RouteTable => {
  const holders = createHolders(code)
  const { rules, unresolved } = readRules(code, holders)
  const routes: Route[] = []
  for (const rule of rules) {
    const { ways, problems } = holders.reached(rule.holder)
    for (const why of ways.length > 0 ? [] : problems)
      unresolved.push({ what: rule.path, why, place: rule.place })
    for (const way of ways)
      for (const method of methodsOf(code, rule)) routes.push(routeOf(code, rule, way, method))
  }
  return { routes: distinct(routes), unresolved }
}

const methodsOf = (code: Code, rule: Rule): string[] => {
  if (rule.methods !== null) return [...new Set(rule.methods)]
  return rule.view?.scope.kind === 'class' ? classMethods(code, rule.view.scope) : ['GET']
}

const routeOf = (code: Code, rule: Rule, way: Reached, method: string): Route => {
  const view = rule.view?.scope ?? null
  const handler = view === null ? null : handlerOf(code, view, method)
  const path = prefixed(rule.holder.kind, way.prefix, rule.path)
  const name =
    view?.kind === 'class' && handler !== null ? `${view.name}.${handler.name}` : (view?.name ?? null)
  return {
    method,
    path: normalisePath(path),
    place: rule.place,
    handler: {
      name,
      place: handler === null ? null : { file: handler.file, line: handler.node.startPosition.row + 1 },
    },
    middlewares: [],
    guard: 'unknown',
    validator: 'unknown',
    reads: { body: [], query: [], params: pathParameters(path) },
    framework: 'flask',
  }
}

const distinct = (routes: readonly Route[]): Route[] => {
  const seen = new Map<string, Route>()
  for (const route of routes) {
    const key = `${route.method} ${route.path} ${route.handler.name} ${route.handler.place?.file}`
    if (!seen.has(key)) seen.set(key, route)
  }
  return [...seen.values()]
}
