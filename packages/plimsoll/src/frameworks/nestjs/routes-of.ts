import type { Closure, Value, World } from '../../languages/javascript/code/code.ts'
import { createCarrierReader } from '../../languages/javascript/routing/carriers.ts'
import { describe } from '../../languages/javascript/routing/describe.ts'
import { judgeMiddleware, validatesItself } from '../../languages/javascript/routing/judge-middleware.ts'
import type { Route, Tristate, Unresolved } from '../../model/system.ts'
import { classDecorations, isNest } from './decorations.ts'
import { inputsOf, readsOfInputs, validates } from './inputs.ts'
import { makeInstance } from './instance.ts'
import { judgeGuard } from './judge-guard.ts'
import {
  type Controller,
  controllerOf,
  type Mapping,
  type Method,
  mappingOf,
  methodsOf,
  texts,
} from './mapped-methods.ts'
import type { Metadata } from './metadata.ts'
import { middlewaresOf } from './middlewares-of.ts'
import { decorated, type Mounted, type Step, settle } from './module-graph.ts'
import { type Address, addressesOf } from './paths.ts'
import { schemasOf } from './schemas.ts'
import type { Surface } from './surface.ts'

const doubt = (said: Tristate, certain: boolean): Tristate => (said === 'yes' && !certain ? 'unknown' : said)

const strongest = (said: readonly Tristate[]): Tristate =>
  said.includes('yes') ? 'yes' : said.includes('unknown') ? 'unknown' : 'no'

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

  const carriers = createCarrierReader(world)
  const carriersOf = (values: readonly Value[]) => carriers(values.flatMap((value) => settle(world, value)))

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
    const schemas = schemasOf(world, { handler, inputs, decorations: method.decorations, pipes })
    const reads = readsOfInputs(world, method.node, method.home, inputs)
    const inner: Step[] = [...guards, ...interceptors, ...pipes, ...own]

    return (address: Address, name: string): Route => {
      const before = middlewaresOf(world, surface, target, address, mapping.method)
      const said = strongest([guard, ...before.map(({ value, certain }) => doubt(judgeOnce(value), certain))])
      const credentials =
        said === 'yes' ? carriersOf([...guards, ...before].map(({ value }) => value)) : undefined
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
        ...(credentials === undefined ? {} : { credentials }),
        validator,
        ...(schemas === undefined ? {} : { schemas }),
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
