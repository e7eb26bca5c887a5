import ts from 'typescript'
import {
  type Class,
  type Dictionary,
  optionsOf,
  textOf,
  type Value,
  type World,
} from '../../languages/javascript/code/code.ts'
import type { SourcePlace } from '../../model/evidence.ts'
import { argumentsOf, classDecorations, decorationsOf } from './decorations.ts'
import { type Binding, readMiddlewares } from './middlewares.ts'

/** Something that stands before handlers; `certain` is false where a condition decides whether it does. */
export type Step = { value: Value; certain: boolean }
export type Mounted = { target: Class; owner: ts.Node | null }

/** What the modules below a root hold. */
export type Graph = {
  controllers: Mounted[]
  guards: Step[]
  pipes: Step[]
  interceptors: Step[]
  middlewares: Binding[]
  /** paths that RouterModule gives to modules */
  paths: Map<ts.Node, string[]>
  /** what keeps us from knowing every module: more may be mounted than we see */
  open: { why: string; place: SourcePlace }[]
}

const GLOBAL: Readonly<Record<string, 'guards' | 'pipes' | 'interceptors'>> = {
  APP_GUARD: 'guards',
  APP_PIPE: 'pipes',
  APP_INTERCEPTOR: 'interceptors',
}

export const emptyGraph = (): Graph => ({
  controllers: [],
  guards: [],
  pipes: [],
  interceptors: [],
  middlewares: [],
  paths: new Map(),
  open: [],
})

const isNothing = (value: Value) => value.kind === 'constant'

/** Follows `forwardRef(() => X)` and `mixin(X)` to what they stand for. */
export const settle = (world: World, value: Value): readonly Value[] =>
  optionsOf(value).flatMap((option) => {
    if (option.kind !== 'external' || option.package !== '@nestjs/common') return [option]
    const [inner] = option.args
    if (inner === undefined) return [option]
    if (option.path[0] === 'mixin') return settle(world, inner)
    if (option.path[0] !== 'forwardRef' || inner.kind !== 'closure') return [option]
    return settle(world, world.call(inner, [], { node: inner.node }))
  })

/** Adds what a module and the modules it imports hold. */
export const walkModules = (world: World, root: Value, place: SourcePlace, graph: Graph): void => {
  const seen = new Set<unknown>()
  const bound = new Set<ts.Node>()

  const walk = (value: Value, certain: boolean, at: SourcePlace) => {
    const options = settle(world, value)
    for (const option of options) visit(option, certain && options.length === 1, at)
  }

  const visit = (value: Value, certain: boolean, at: SourcePlace) => {
    if (isNothing(value) || seen.has(value.kind === 'class' ? value.node : value)) return
    seen.add(value.kind === 'class' ? value.node : value)
    if (value.kind === 'class') return visitClass(value, certain)
    if (value.kind === 'dictionary') return visitDynamic(value, certain, at)
    if (value.kind === 'external') return visitPackage(value.path, value.args, certain, at)
    if (value.kind === 'list') {
      for (const item of value.items) walk(item, certain, at)
      return
    }
    graph.open.push({ why: value.kind === 'unknown' ? value.why : 'it is not a module', place: at })
  }

  const visitClass = (target: Class, certain: boolean) => {
    const written = classDecorations(world, target).find(({ name }) => name === 'Module')
    if (written === undefined) return
    const [given] = written.args
    if (given?.kind === 'dictionary') {
      hold(given, target, certain, written.place)
    } else if (given !== undefined) {
      graph.open.push({ why: 'its metadata is computed', place: written.place })
    }
    if (bound.has(target.node)) return
    bound.add(target.node)
    graph.middlewares.push(...readMiddlewares(world, target))
  }

  const visitDynamic = (value: Dictionary, certain: boolean, at: SourcePlace) => {
    const module = world.get(value, 'module')
    const [owner] = settle(world, module)
    if (owner !== undefined) walk(owner, certain, at)
    hold(value, owner?.kind === 'class' ? owner : null, certain, at)
  }

  const visitPackage = (
    path: readonly string[],
    args: readonly Value[],
    certain: boolean,
    at: SourcePlace,
  ) => {
    if (path[0] === 'RouterModule') {
      for (const arg of args) readPaths(world, arg, '', graph.paths)
    } else if (path[0] === 'ConditionalModule') {
      if (args[0] !== undefined) walk(args[0], false, at)
    } else {
      for (const arg of args) if (arg.kind === 'dictionary') walkList(world.get(arg, 'imports'), certain, at)
    }
  }

  const walkList = (value: Value, certain: boolean, at: SourcePlace) => {
    if (isNothing(value)) return
    const items = world.items(value)
    if (items === null || (value.kind === 'list' && value.open))
      graph.open.push({ why: value.kind === 'unknown' ? value.why : 'its imports are computed', place: at })
    for (const item of items ?? []) walk(item, certain, at)
  }

  const hold = (metadata: Dictionary, owner: Class | null, certain: boolean, at: SourcePlace) => {
    walkList(world.get(metadata, 'imports'), certain, at)
    const controllers = world.get(metadata, 'controllers')
    const listed = isNothing(controllers) ? [] : world.items(controllers)
    if (listed === null || (controllers.kind === 'list' && controllers.open))
      graph.open.push({ why: 'its controllers are computed', place: at })
    for (const value of (listed ?? []).flatMap((each) => settle(world, each))) {
      if (value.kind === 'class') graph.controllers.push({ target: value, owner: owner?.node ?? null })
      else if (value.kind === 'unknown') graph.open.push({ why: value.why, place: at })
    }
    const providers = world.get(metadata, 'providers')
    for (const provider of isNothing(providers) ? [] : (world.items(providers) ?? []))
      provide(provider, certain)
  }

  const provide = (provider: Value, certain: boolean) => {
    const options = optionsOf(provider)
    for (const option of options) {
      if (option.kind !== 'dictionary') continue
      const token = world.get(option, 'provide')
      const kind = token.kind === 'external' ? GLOBAL[token.path[0] ?? ''] : undefined
      if (kind === undefined) continue
      graph[kind].push({
        value: provided(world, option),
        certain: certain && options.length === 1 && !isConditional(option),
      })
    }
  }

  walk(root, true, place)
}

/** What a provider of an enhancer gives: a class, a value, or what its factory returns. */
const provided = (world: World, provider: Dictionary): Value => {
  for (const key of ['useClass', 'useExisting', 'useValue']) {
    const value = world.get(provider, key)
    if (!isNothing(value)) return value
  }
  const made = world.get(provider, 'useFactory')
  return made.kind === 'closure' ? world.call(made, [], { node: made.node }) : made
}

/** true for what stands in a list only when a condition says so: `...(on ? [{ provide: APP_GUARD }] : [])` */
const isConditional = (value: Dictionary): boolean => {
  const literal = value.node
  if (literal === null) return false
  for (let at = literal.parent; at !== undefined && !ts.isStatement(at); at = at.parent) {
    if (ts.isConditionalExpression(at)) return true
    if (ts.isBinaryExpression(at) || ts.isFunctionLike(at)) return ts.isBinaryExpression(at)
  }
  return false
}

const readPaths = (world: World, value: Value, above: string, paths: Graph['paths']): void => {
  for (const item of optionsOf(value).flatMap((each) => (each.kind === 'list' ? each.items : [each]))) {
    if (item.kind === 'dictionary') {
      const own = textOf(world.get(item, 'path')) ?? ''
      const path = `${above}/${own}`.replace(/\/{2,}/g, '/')
      for (const module of settle(world, world.get(item, 'module'))) addPath(paths, module, path)
      readPaths(world, world.get(item, 'children'), path, paths)
    } else {
      addPath(paths, item, above)
    }
  }
}

const addPath = (paths: Graph['paths'], module: Value, path: string) => {
  if (module.kind !== 'class') return
  const before = paths.get(module.node) ?? []
  if (!before.includes(path)) paths.set(module.node, [...before, path])
}

/** Guards, pipes or interceptors that decorators name, those of parents first. */
export const decorated = (world: World, target: Class, method: ts.Node, home: Class, name: string): Step[] =>
  [
    ...argumentsOf(world, [...classDecorations(world, target)].reverse(), name),
    ...argumentsOf(world, decorationsOf(world, method, home), name),
  ].map((value) => ({ value, certain: true }))
