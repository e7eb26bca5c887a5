import type { Project } from '../../instruments/source/project.ts'
import type { Module } from '../../languages/define.ts'
import { openWorld, type World } from '../../languages/javascript/code/code.ts'
import type { Route, Unresolved } from '../../model/system.ts'
import type { RouteTable } from '../define.ts'
import { findBootstraps } from './bootstraps.ts'
import { findControllers, findModules } from './find-classes.ts'
import { createMetadata } from './metadata.ts'
import { type App, createPackages } from './model.ts'
import { emptyGraph, type Graph, type Mounted, type Step, walkModules } from './module-graph.ts'
import { PLAIN, readAddressing } from './paths.ts'
import { routesOf } from './routes-of.ts'
import type { Surface } from './surface.ts'

const nameOf = ({ target }: Mounted) => target.node.name?.text ?? 'a class without name'

/** Steps that calls on the app put before every handler. */
const stepsOf = (world: World, app: App, name: string): Step[] =>
  app.calls
    .filter((call) => call.name === name)
    .flatMap(({ args, certain }) =>
      args
        .flatMap((arg) => (arg.kind === 'list' ? [...(world.items(arg) ?? [])] : [arg]))
        .map((value) => ({ value, certain })),
    )

/** What is served where nothing visible starts an app: every controller, under the paths it has by itself. */
const withoutApp = (world: World, files: readonly string[]): Surface => {
  const graph = emptyGraph()
  for (const { target, place } of findModules(world, files)) walkModules(world, target, place, graph)
  const controllers = addMissing(graph, findControllers(world, files))
  return {
    app: null,
    addressing: { ...PLAIN, versionPrefix: 'v' },
    controllers,
    graph,
    guards: graph.guards,
    pipes: graph.pipes,
    interceptors: graph.interceptors,
  }
}

const addMissing = (graph: Graph, all: readonly Mounted[]): Mounted[] => {
  const listed = new Set(graph.controllers.map(({ target }) => target.node))
  return [...graph.controllers, ...all.filter(({ target }) => !listed.has(target.node))]
}

const ofApp = (world: World, app: App, files: readonly string[], unresolved: Unresolved[]): Surface => {
  const graph = emptyGraph()
  walkModules(world, app.module, app.place, graph)
  const addressing = readAddressing(world, app)
  const [doubt] = graph.open
  const controllers =
    doubt === undefined ? graph.controllers : addMissing(graph, findControllers(world, files))
  if (doubt !== undefined) {
    const listed = graph.controllers.length
    const extra = controllers.slice(listed).map(nameOf)
    const what =
      extra.length === 0 ? 'the imports of a module' : `whether ${extra.slice(0, 5).join(', ')} are mounted`
    const told = extra.length > 5 ? `${what} and ${extra.length - 5} more` : what
    unresolved.push({
      what: told,
      why: `a module depends on ${doubt.why}; all are listed`,
      place: doubt.place,
    })
  }
  if (addressing.unresolved !== null) {
    const why = `${addressing.unresolved}; routes are listed without it`
    unresolved.push({ what: 'the global prefix', why, place: app.place })
  }
  return {
    app,
    addressing,
    controllers,
    graph,
    guards: [...stepsOf(world, app, 'useGlobalGuards'), ...graph.guards],
    pipes: [...stepsOf(world, app, 'useGlobalPipes'), ...graph.pipes],
    interceptors: [...stepsOf(world, app, 'useGlobalInterceptors'), ...graph.interceptors],
  }
}

const differ = <T>(left: T, right: T) => (left === right ? left : null)

/** The same route of two apps, of which a run starts one: what they disagree on is not known. */
const join = (left: Route, right: Route): Route => ({
  ...left,
  guard: differ(left.guard, right.guard) ?? 'unknown',
  validator: differ(left.validator, right.validator) ?? 'unknown',
})

/** Apps whose module is known; where there are none, those of which at least the calls are. */
const startedOf = (apps: readonly App[]): App[] => {
  const known = apps.filter(({ module }) => module.kind !== 'unknown' && module.kind !== 'constant')
  return known.length > 0 ? known : apps.filter(({ module }) => module.kind === 'unknown')
}

/** Routes of a module's Nest apps: decorators read through the modules that each app starts from. */
export const readRoutes = (project: Project, module: Module, files: readonly string[]): RouteTable => {
  const apps: App[] = []
  const metadata = createMetadata(() => world)
  const world: World = openWorld(project, { packages: createPackages(apps, metadata), dir: module.dir })
  findBootstraps(world, files)
  const started = startedOf(apps)
  const unresolved: Unresolved[] = []
  const decidable = started.length > 0
  const surfaces = decidable
    ? started.map((app) => ofApp(world, app, files, unresolved))
    : [withoutApp(world, files)]
  const routes = new Map<string, Route>()
  for (const surface of surfaces) {
    for (const route of routesOf(world, surface, metadata, unresolved)) {
      const key = `${route.method} ${route.path}`
      const before = routes.get(key)
      if (before === undefined) routes.set(key, route)
      else if (before.place.file === route.place.file && before.place.line === route.place.line)
        routes.set(key, join(before, route))
    }
  }
  if (!decidable && routes.size > 0) {
    const [first] = routes.values()
    const what = `where ${routes.size} routes are served`
    const why = 'nothing in the source starts their app; listed under their own paths'
    if (first !== undefined) unresolved.push({ what, why, place: first.place })
  }
  if (world.exhausted) {
    const place = { file: files[0] ?? module.manifest, line: 1 }
    unresolved.push({ what: 'the rest of the routes', why: 'there is more code than was followed', place })
  }
  const told = new Map(unresolved.map((each) => [`${each.place.file}:${each.place.line} ${each.what}`, each]))
  return { routes: [...routes.values()], unresolved: [...told.values()] }
}
