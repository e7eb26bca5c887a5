import ts from 'typescript'
import {
  type Class,
  type Closure,
  constant,
  textOf,
  type Value,
  type World,
} from '../../languages/javascript/code/code.ts'
import { describe } from '../../languages/javascript/routing/handler.ts'
import { judgeMiddleware, validatesItself } from '../../languages/javascript/routing/judge-middleware.ts'
import { pathSpecs } from '../../languages/javascript/routing/path-specs.ts'
import { covers, joinPaths, normalisePath } from '../../languages/javascript/routing/paths.ts'
import type { Route, Tristate, Unresolved } from '../../model/system.ts'
import { classDecorations, type Decoration, decorationsOf, isNest, lineage } from './decorations.ts'
import { bodySchemaOf, inputsOf, readsOfInputs, validates } from './inputs.ts'
import { makeInstance } from './instance.ts'
import { judgeGuard } from './judge-guard.ts'
import type { Metadata } from './metadata.ts'
import { MAPPINGS, methodName } from './methods.ts'
import { applies } from './middlewares.ts'
import type { App } from './model.ts'
import { decorated, type Graph, type Mounted, type Step, settle } from './module-graph.ts'
import { type Address, type Addressing, addressesOf } from './paths.ts'

/** What one app serves. */
export type Surface = {
  /** null: nothing that starts one was found */
  app: App | null
  addressing: Addressing
  controllers: readonly Mounted[]
  graph: Graph
  guards: readonly Step[]
  pipes: readonly Step[]
  interceptors: readonly Step[]
}

type Method = { node: ts.MethodDeclaration; home: Class; name: string; decorations: Decoration[] }

/** Methods of a class with those it inherits; an override hides what it overrides, decorated or not. */
const methodsOf = (world: World, target: Class): Method[] => {
  const found = new Map<string, Method>()
  for (const home of lineage(target)) {
    for (const node of home.node.members) {
      if (!ts.isMethodDeclaration(node) || node.body === undefined) continue
      const { name } = node
      if ((!ts.isIdentifier(name) && !ts.isStringLiteralLike(name)) || found.has(name.text)) continue
      found.set(name.text, { node, home, name: name.text, decorations: decorationsOf(world, node, home) })
    }
  }
  return [...found.values()]
}

type Mapping = { method: string; path: Value; decoration: Decoration }

const mappingOf = (world: World, decorations: readonly Decoration[]): Mapping | null => {
  for (const decoration of decorations.filter(isNest)) {
    const [first = constant('')] = decoration.args
    const method = MAPPINGS.get(decoration.name)
    if (method !== undefined) return { method, path: first, decoration }
    if (decoration.name === 'RequestMapping' && first.kind === 'dictionary') {
      const said = methodName(world.get(first, 'method')) ?? 'GET'
      return { method: said, path: world.get(first, 'path'), decoration }
    }
  }
  return null
}

type Controller = { paths: Value; version: Value | null }

const controllerOf = (world: World, decorations: readonly Decoration[]): Controller | null => {
  const written = decorations.find((each) => isNest(each) && each.name === 'Controller')
  if (written === undefined) return null
  const [given = constant('')] = written.args
  if (given.kind !== 'dictionary') return { paths: given, version: null }
  const version = world.get(given, 'version')
  const isSaid = version.kind !== 'constant' || version.value !== undefined
  return { paths: world.get(given, 'path'), version: isSaid ? version : null }
}

const texts = (world: World, value: Value): { paths: string[]; why: string | null } => {
  if (value.kind === 'constant' && textOf(value) === null) return { paths: [''], why: null }
  const specs = pathSpecs(world, value)
  const lost = specs.find((spec) => spec.kind === 'unresolved')
  const paths = specs.flatMap((spec) =>
    spec.kind === 'path' ? [spec.path] : spec.kind === 'pattern' ? [spec.source] : [],
  )
  return { paths, why: lost?.kind === 'unresolved' ? lost.why : null }
}

const doubt = (said: Tristate, certain: boolean): Tristate => (said === 'yes' && !certain ? 'unknown' : said)

const strongest = (said: readonly Tristate[]): Tristate =>
  said.includes('yes') ? 'yes' : said.includes('unknown') ? 'unknown' : 'no'

/** A middleware is a function, or a class whose `use` is one. */
const functionOf = (world: World, value: Value): Value => {
  if (value.kind !== 'class') return value
  const use = world.get(makeInstance(world, value, value.node), 'use')
  return use.kind === 'closure' ? use : value
}

type Before = Step & { named: Value }

const middlewaresOf = (
  world: World,
  surface: Surface,
  target: Class,
  address: Address,
  method: string,
): Before[] => {
  const used = (surface.app?.calls ?? [])
    .filter(({ name }) => name === 'use')
    .flatMap(({ args, certain }): Before[] => {
      const path = textOf(args[0])
      if (path !== null && !covers(normalisePath(joinPaths(path)), address.path)) return []
      return (path === null ? args : args.slice(1))
        .flatMap((arg) => (arg.kind === 'list' ? arg.items : [arg]))
        .map((value) => ({ value, certain, named: value }))
    })
  const seen = { controller: target, paths: address.inner, method }
  const consumed = surface.graph.middlewares.flatMap((binding): Before[] => {
    const said = applies(binding, seen)
    if (said === false) return []
    return binding.values.map((value) => ({
      value: functionOf(world, value),
      certain: said === true,
      named: value,
    }))
  })
  return [...used, ...consumed]
}

const MADE_ELSEWHERE: Readonly<Record<string, string>> = {
  '@nestjsx/crud': 'Crud',
  '@dataui/crud': 'Crud',
  '@ts-rest/nest': 'TsRestHandler',
}

/** Routes of every controller of an app, in the order of its modules. */
export const routesOf = (
  world: World,
  surface: Surface,
  metadata: Metadata,
  unresolved: Unresolved[],
): Route[] => {
  const judged = new Map<Value, Tristate>()
  const judgeOnce = (value: Value): Tristate => {
    const known = judged.get(value) ?? judgeMiddleware(world, value).guard
    judged.set(value, known)
    return known
  }

  const ofMethod = (mounted: Mounted, controller: Controller, method: Method): Route[] => {
    const mapping = mappingOf(world, method.decorations)
    if (mapping === null) return []
    const { target } = mounted
    const name = `${target.node.name?.text ?? '(class)'}.${method.name}`
    const own = texts(world, mapping.path)
    const above = texts(world, controller.paths)
    for (const why of [own.why, above.why])
      if (why !== null)
        unresolved.push({ what: `${mapping.method} route of ${name}`, why, place: mapping.decoration.place })
    const versioned = method.decorations.find((each) => isNest(each) && each.name === 'Version')
    const version = versioned?.args[0] ?? controller.version
    const modules = (mounted.owner === null ? undefined : surface.graph.paths.get(mounted.owner)) ?? ['']
    const addresses = modules.flatMap((module) =>
      above.paths.flatMap((prefix) =>
        own.paths.flatMap((path) =>
          addressesOf(world, surface.addressing, {
            module,
            controller: prefix,
            own: path,
            version,
            method: mapping.method,
          }),
        ),
      ),
    )
    const describeOne = ownFacts(mounted, method, mapping)
    return addresses.map((address) => describeOne(address, name))
  }

  /** Everything of a route that does not depend on its path is found once. */
  const ownFacts = ({ target }: Mounted, method: Method, mapping: Mapping) => {
    const around = (kind: string) => decorated(world, target, method.node, method.home, kind)
    const guards = [...surface.guards, ...around('UseGuards')]
    const pipes = [...surface.pipes, ...around('UsePipes')]
    const interceptors = [...surface.interceptors, ...around('UseInterceptors')]
    metadata.look(method.decorations, classDecorations(world, target))
    const guard = strongest(
      guards.map(({ value, certain }) => doubt(judgeGuard(world, value, metadata), certain)),
    )
    const inputs = inputsOf(world, method.node, method.home)
    const own = inputs.flatMap((input) => input.pipes.map((value) => ({ value, certain: true })))
    const checked = validates(world, inputs, pipes, surface.app !== null)
    const handler: Closure = {
      kind: 'closure',
      node: method.node,
      scope: method.home.scope,
      self: makeInstance(world, target, target.node),
      fields: new Map(),
      bound: [],
    }
    const validator = checked !== 'yes' && validatesItself(world, handler) ? 'yes' : checked
    const schema = bodySchemaOf(world, inputs, method.decorations)
    const reads = readsOfInputs(world, method.node, method.home, inputs)
    const inner: Step[] = [...guards, ...interceptors, ...pipes, ...own]

    return (address: Address, name: string): Route => {
      const before = middlewaresOf(world, surface, target, address, mapping.method)
      const said = strongest([guard, ...before.map(({ value, certain }) => doubt(judgeOnce(value), certain))])
      return {
        method: mapping.method,
        path: address.path,
        place: mapping.decoration.place,
        handler: { name, place: world.place(method.node) },
        middlewares: [...before.map(({ named }) => named), ...inner.map(({ value }) => value)].map(
          (value) => {
            const told = describe(world, settle(world, value)[0] ?? value)
            return { name: told.name ?? '(anonymous)', place: told.place }
          },
        ),
        guard: said === 'no' && surface.app === null ? 'unknown' : said,
        validator,
        ...(schema === undefined ? {} : { bodySchema: schema }),
        reads,
        framework: 'nestjs',
      }
    }
  }

  const ofController = (mounted: Mounted): Route[] => {
    const decorations = classDecorations(world, mounted.target)
    const controller = controllerOf(world, decorations)
    if (controller === null) return []
    for (const each of decorations)
      if (MADE_ELSEWHERE[each.package] === each.name) {
        const what = `routes that @${each.name} of ${each.package} adds`
        unresolved.push({ what, why: 'they are made when the app runs', place: each.place })
      }
    return methodsOf(world, mounted.target).flatMap((method) => ofMethod(mounted, controller, method))
  }

  return surface.controllers.flatMap(ofController)
}
