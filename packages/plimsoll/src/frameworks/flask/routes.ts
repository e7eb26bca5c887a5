import type { Code } from '../../languages/python/code/code.ts'
import type { Scope } from '../../languages/python/code/scope.ts'
import { calledName, field, lineOf, type Node, named } from '../../languages/python/code/syntax.ts'
import type { Route } from '../../model/system.ts'
import type { RouteTable } from '../define.ts'
import { connexionRoutes } from './connexion.ts'
import { type Decorator, guardOf } from './guards.ts'
import { createHolders, type Reached } from './holders.ts'
import { type Hooks, readHooks } from './hooks.ts'
import { normalisePath, pathParameters, prefixed } from './paths.ts'
import { functionPlace } from './places.ts'
import { readsOf } from './reads.ts'
import { type Rule, readRules } from './rules.ts'
import { staticRules } from './static-folder.ts'
import { validatorOf } from './validators.ts'
import { classMethods, handlerOf } from './views.ts'

export const readRoutes = (code: Code): RouteTable => {
  const holders = createHolders(code)
  const hooks = readHooks(code, holders)
  const { rules, unresolved } = readRules(code, holders)
  const described = connexionRoutes(code, holders)
  const routes: Route[] = [...described.routes]
  for (const rule of [...rules, ...staticRules(code, holders.all())]) {
    const { ways, problems } = holders.reached(rule.holder)
    for (const why of ways.length > 0 ? [] : problems)
      unresolved.push({ what: rule.path, why, place: rule.place })
    for (const way of ways)
      for (const method of methodsOf(code, rule)) routes.push(routeOf(code, rule, way, method, hooks))
  }
  return { routes: distinct(routes), unresolved: [...unresolved, ...described.unresolved] }
}

const methodsOf = (code: Code, rule: Rule): string[] => {
  if (rule.methods !== null) return [...new Set(rule.methods)]
  return rule.view?.scope.kind === 'class' ? classMethods(code, rule.view.scope) : ['GET']
}

const routeOf = (code: Code, rule: Rule, way: Reached, method: string, hooks: Hooks): Route => {
  const view = rule.view?.scope ?? null
  const handler = view === null ? null : handlerOf(code, view, method)
  const path = prefixed(rule.holder.kind, way.prefix, rule.path)
  const name =
    view?.kind === 'class' && handler !== null ? `${view.name}.${handler.name}` : (view?.name ?? null)
  const decorators = decoratorsOf(rule, handler)
  const before = hooks.of(way)
  return {
    method,
    path: normalisePath(path),
    place: rule.place,
    handler: { name, place: handler === null ? null : functionPlace(handler) },
    middlewares: [
      ...before.map((hook) => ({ name: hook.name, place: functionPlace(hook) })),
      ...decorators.map(({ node, scope }) => ({
        name: decoratorName(node),
        place: { file: scope.file, line: lineOf(node) },
      })),
    ],
    guard: guardOf(code, { handler, decorators, hooks: before }),
    validator: validatorOf(code, handler, decorators),
    reads: { ...readsOf(code, handler), params: pathParameters(path) },
    framework: 'flask',
  }
}

const decoratorName = (node: Node) =>
  node.type === 'call' ? (field(node, 'function')?.text ?? calledName(node)) : node.text

/** Outermost first: around the registration, in the class's list, on the method itself. */
const decoratorsOf = ({ view, decorators }: Rule, handler: Scope | null): Decorator[] => {
  if (view === null) return []
  const own = handler !== null && handler !== view.scope ? handler.decorators : []
  return [
    ...view.wrappers,
    ...decorators.map((node) => ({ node, scope: view.scope.parent ?? view.scope })),
    ...(view.scope.kind === 'class' ? listedDecorators(view.scope) : []),
    ...own.map((node) => ({ node, scope: view.scope })),
  ]
}

/** `decorators = […]` of a view class, `method_decorators` of a resource. */
const listedDecorators = (scope: Scope): Decorator[] =>
  ['decorators', 'method_decorators'].flatMap((name) =>
    (scope.bindings.get(name) ?? []).flatMap((binding) =>
      binding.kind === 'value' ? named(binding.node).map((node) => ({ node, scope })) : [],
    ),
  )

const distinct = (routes: readonly Route[]): Route[] => {
  const seen = new Map<string, Route>()
  for (const route of routes) {
    const key = `${route.method} ${route.path} ${route.handler.name} ${route.handler.place?.file}`
    if (!seen.has(key)) seen.set(key, route)
  }
  return [...seen.values()]
}
