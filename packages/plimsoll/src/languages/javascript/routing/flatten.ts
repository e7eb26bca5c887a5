import type { Route, Unresolved } from '../../../model/system.ts'
import type { Value, World } from '../code/code.ts'
import { createCarrierReader } from './carriers.ts'
import { describe, unwrap } from './describe.ts'
import { type Judged, joinJudged, judgeMiddleware, validatesItself } from './judge-middleware.ts'
import { covers, joinPaths, normalisePath } from './paths.ts'
import { createSchemaReader } from './read-schemas.ts'
import { readsOf, type Style } from './reads.ts'
import type { Layer, PathSpec, RouteTree } from './route-tree.ts'

/** A middleware on the way to a route. */
type Step = { value: Value; path: string; certain: boolean; wide: boolean }
type RouteLayer = Extract<Layer, { kind: 'route' }>
type Where = { path: string; steps: readonly Step[]; above: readonly RouteTree[] }

export type FlattenOptions = { framework: string; style: Style; shared?: ReadonlyMap<string, Value> }

const DEEPEST_MOUNT = 12

/** Follows the mounts of an app or router down to its routes. */
export const flatten = (
  world: World,
  tree: RouteTree,
  options: FlattenOptions,
): { routes: Route[]; unresolved: Unresolved[] } => {
  const routes: Route[] = []
  const unresolved: Unresolved[] = []
  const judged = new Map<Value, Judged>()
  const carriersOf = createCarrierReader(world)
  const schemasOf = createSchemaReader(world, options.style, options.shared ?? new Map())

  const judge = (step: Step): Judged => {
    const known = judged.get(step.value) ?? judgeMiddleware(world, step.value)
    judged.set(step.value, known)
    const doubt = (said: Judged['guard']) => (said === 'yes' && !step.certain ? 'unknown' : said)
    // What stands before every route can hardly know the bodies of each.
    const validator = step.wide && known.validator === 'unknown' ? 'no' : known.validator
    return { guard: doubt(known.guard), validator: doubt(validator) }
  }

  /** What refuses tells best what it looks for; another one may have looked for it before. */
  const credentialsOf = (steps: readonly Step[]) => {
    const refusing = steps.filter((step) => judge(step).guard === 'yes')
    return carriersOf(refusing.map(({ value }) => value)) ?? carriersOf(steps.map(({ value }) => value))
  }

  const below = (where: Where, spec: PathSpec, what: string, layer: Layer): string | null => {
    if (spec.kind === 'path') return joinPaths(where.path, normalisePath(spec.path))
    if (spec.kind === 'unresolved') unresolved.push({ what, why: spec.why, place: layer.place })
    return null
  }

  const emit = (layer: RouteLayer, path: string, where: Where) => {
    const last = layer.handlers.at(-1)
    const handler = last === undefined ? undefined : unwrap(world, last)
    const inline = layer.handlers.slice(0, -1).map((value) => ({ value, path, certain: true, wide: false }))
    const steps = [...where.steps.filter((step) => covers(step.path, path)), ...inline]
    const said = joinJudged(steps.map(judge))
    const credentials = said.guard === 'yes' ? credentialsOf(steps) : undefined
    const reads = handler === undefined ? undefined : readsOf(handler, options.style)
    const checks = said.validator !== 'yes' && handler !== undefined && validatesItself(world, handler)
    const certain = steps.filter((step) => step.certain).map(({ value }) => value)
    const schemas = schemasOf(layer.declared, handler === undefined ? certain : [...certain, handler])
    for (const method of layer.methods) {
      routes.push({
        method,
        path,
        place: layer.place,
        handler: handler === undefined ? { name: null, place: null } : describe(world, handler),
        middlewares: steps.map(({ value }) => {
          const { name, place } = describe(world, value)
          return { name: name ?? '(anonymous)', place }
        }),
        guard: said.guard,
        ...(credentials === undefined ? {} : { credentials }),
        validator: checks || layer.declared?.parts.body !== undefined ? 'yes' : said.validator,
        ...(schemas === undefined ? {} : { schemas }),
        ...(reads === undefined ? {} : { reads }),
        framework: options.framework,
      })
    }
  }

  const route = (layer: RouteLayer, where: Where) => {
    for (const spec of layer.paths) {
      const what = `${layer.methods.join(', ')} route`
      if (spec.kind === 'pattern')
        emit(layer, where.path === '/' ? spec.source : `${where.path}${spec.source}`, where)
      const path = below(where, spec, what, layer)
      if (path !== null) emit(layer, path, where)
    }
  }

  const walk = (current: RouteTree, where: Where) => {
    if (where.above.includes(current) || where.above.length > DEEPEST_MOUNT) return
    const steps: Step[] = [...where.steps]
    const here = (): Where => ({ path: where.path, steps: [...steps], above: [...where.above, current] })
    for (const layer of current.layers) {
      if (layer.kind === 'route') {
        route(layer, here())
        if (guardsRest(layer)) addSteps(steps, layer.handlers, layer.paths, where.path, true)
      } else if (layer.kind === 'middleware') {
        addSteps(steps, layer.values, layer.paths, where.path, layer.certain)
      } else {
        mount(layer, here())
      }
    }
  }

  const mount = (layer: Extract<Layer, { kind: 'mount' }>, where: Where) => {
    const count = countRoutes(layer.tree)
    for (const spec of layer.paths) {
      const path = below(where, spec, `the mount of ${layer.tree.name} (${count} routes)`, layer)
      if (path === null) continue
      const prefixed = below({ ...where, path }, layer.tree.prefix, `the prefix of ${layer.tree.name}`, layer)
      if (prefixed === null) continue
      const before = layer.before.map((value) => ({ value, path, certain: true, wide: false }))
      walk(layer.tree, { path: prefixed, steps: [...where.steps, ...before], above: where.above })
    }
  }

  const start: Where = { path: '/', steps: [], above: [] }
  const prefix = tree.prefix.kind === 'path' ? joinPaths(normalisePath(tree.prefix.path)) : null
  if (prefix !== null) walk(tree, { ...start, path: prefix })
  return { routes, unresolved }
}

/** A route for every method on a path that ends in `*` is how a middleware is often written. */
const guardsRest = (layer: RouteLayer) =>
  layer.methods.includes('ANY') && layer.paths.some((spec) => spec.kind === 'path' && spec.path.includes('*'))

const addSteps = (
  steps: Step[],
  values: readonly Value[],
  paths: readonly PathSpec[],
  above: string,
  certain: boolean,
) => {
  const known = paths.filter((spec) => spec.kind === 'path')
  for (const spec of known.length > 0 ? known : paths) {
    const path = spec.kind === 'path' ? joinPaths(above, normalisePath(spec.path)) : above
    const wide = path === '/'
    for (const value of values) {
      if (!answersErrors(value)) steps.push({ value, path, certain: certain && spec.kind === 'path', wide })
    }
  }
}

/** A middleware of four parameters only sees errors. */
const answersErrors = (value: Value) => value.kind === 'closure' && value.node.parameters.length === 4

export const countRoutes = (tree: RouteTree, above: readonly RouteTree[] = []): number =>
  above.includes(tree)
    ? 0
    : tree.layers.reduce(
        (count, layer) =>
          count +
          (layer.kind === 'route'
            ? 1
            : layer.kind === 'mount'
              ? countRoutes(layer.tree, [...above, tree])
              : 0),
        0,
      )
