import type { Route, Unresolved } from '../../../model/system.ts'
import type { World } from '../code/code.ts'
import { countRoutes, type FlattenOptions, flatten } from './flatten.ts'
import type { Recorder } from './recorder.ts'

/**
 * The routes of every tree that nothing mounts. An app answers by itself; a router that nothing mounts is listed
 * under its own paths and told as unresolved, and so is a parameter that nothing passes.
 */
export const collectRoutes = (
  world: World,
  recorder: Recorder,
  options: FlattenOptions,
): { routes: Route[]; unresolved: Unresolved[] } => {
  const unresolved = [...recorder.unresolved]
  const routes = new Map<string, Route>()
  for (const tree of recorder.trees) {
    if (recorder.mounted.has(tree)) continue
    const count = countRoutes(tree)
    const noun = count === 1 ? 'route' : 'routes'
    if (tree.kind !== 'app' && count > 0) {
      const why =
        tree.kind === 'parameter'
          ? 'nothing in the source passes it; listed under its own paths'
          : 'nothing in the source mounts it; listed under its own paths'
      unresolved.push({ what: `${count} ${noun} of ${tree.name}`, why, place: tree.place })
    }
    const found = flatten(world, tree, { ...options, shared: recorder.shared })
    unresolved.push(...found.unresolved)
    for (const route of found.routes) {
      const key = `${route.method} ${route.path}`
      if (!routes.has(key)) routes.set(key, route)
    }
  }
  const told = new Map(unresolved.map((each) => [`${each.place.file}:${each.place.line} ${each.what}`, each]))
  return { routes: [...routes.values()], unresolved: [...told.values()] }
}
