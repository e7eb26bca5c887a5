import { openWorld } from '../../languages/javascript/code/code.ts'
import { countRoutes, flatten } from '../../languages/javascript/routing/flatten.ts'
import { relevantFiles } from '../../languages/javascript/routing/relevant-files.ts'
import type { Route } from '../../model/system.ts'
import { defineFramework, type RouteTable } from '../define.ts'
import { createModel, PACKAGES, type Recorded } from './model.ts'

const collectRoutes = (world: Parameters<typeof flatten>[0], recorded: Recorded): RouteTable => {
  const unresolved = [...recorded.unresolved]
  const routes = new Map<string, Route>()
  for (const tree of recorded.trees) {
    if (recorded.mounted.has(tree)) continue
    const count = countRoutes(tree)
    if (tree.kind !== 'app' && count > 0) {
      const why =
        tree.kind === 'parameter'
          ? 'nothing in the source passes it'
          : 'nothing in the source mounts it; they are listed under its own paths'
      unresolved.push({ what: `${count} routes of ${tree.name}`, why, place: tree.place })
    }
    if (tree.kind === 'parameter') continue
    const found = flatten(world, tree, { framework: 'express', style: 'request' })
    unresolved.push(...found.unresolved)
    for (const route of found.routes) {
      const key = `${route.method} ${route.path}`
      if (!routes.has(key)) routes.set(key, route)
    }
  }
  return { routes: [...routes.values()], unresolved }
}

export default defineFramework({
  id: 'express',
  name: 'Express',
  language: 'javascript',
  detect: (_, module) =>
    module.dependencies.has('express') ? { version: module.versionOf('express') } : null,
  routes: (project, module, files) => {
    const { direct, around } = relevantFiles(project, files, PACKAGES)
    if (direct.length === 0) return { routes: [], unresolved: [] }
    const model = createModel()
    const world = openWorld(project, {
      packages: model.packages,
      parameter: model.parameter,
      dir: module.dir,
    })
    for (const file of [...direct, ...around]) world.run(file)
    world.runUncalled([...direct, ...around])
    const table = collectRoutes(world, model.recorded)
    if (world.exhausted) {
      const place = { file: direct[0] ?? module.manifest, line: 1 }
      table.unresolved.push({ what: 'the rest of the routes', why: 'the code is too large to follow', place })
    }
    return table
  },
})
