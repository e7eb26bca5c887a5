import ts from 'typescript'
import {
  type Call,
  type External,
  type Host,
  host,
  native,
  optionsOf,
  type PackageModel,
  UNDEFINED,
  type Value,
  type World,
} from '../../languages/javascript/code/code.ts'
import type { Model } from '../../languages/javascript/routing/follow.ts'
import { partOf } from '../../languages/javascript/routing/parts.ts'
import { looksLikePath, pathSpecs } from '../../languages/javascript/routing/path-specs.ts'
import { createRecorder, functionsIn, type Recorder } from '../../languages/javascript/routing/recorder.ts'
import {
  type Declared,
  NO_PATH,
  type PathSpec,
  type RouteTree,
} from '../../languages/javascript/routing/route-tree.ts'
import { verbOf } from '../../languages/javascript/routing/verbs.ts'

const ROUTERS = ['@koa/router', 'koa-router', 'koa-joi-router', 'koa-better-router', 'koa-tree-router']

/** Packages whose presence means that a file may register routes with Koa. */
export const PACKAGES = ['koa', ...ROUTERS, 'koa-mount', 'koa-route', 'koa-compose']

const keeper = (name: string, call: (call: Call) => Value) => host(name, { keepsArguments: true, call })

const joi: External = { kind: 'external', package: 'joi', path: [], args: [], place: null }

const harmless = (name: string): External => ({
  kind: 'external',
  package: 'koa-router',
  path: [name],
  args: [],
  place: null,
})

/** `get('name', '/path', …)`: a name may come before the path. */
const splitPath = (world: World, args: readonly Value[]) => {
  const [first, second, ...rest] = args
  if (first === undefined) return null
  if (second !== undefined && looksLikePath(world, first) && looksLikePath(world, second))
    return { path: second, handlers: rest }
  return looksLikePath(world, first) || first.kind === 'unknown'
    ? { path: first, handlers: second === undefined ? [] : [second, ...rest] }
    : { path: null, handlers: args }
}

const register = (
  recorder: Recorder,
  world: World,
  tree: RouteTree,
  methods: readonly string[],
  call: Call,
) => {
  const split = splitPath(world, call.args)
  if (split === null || split.handlers.length === 0) return
  const paths: PathSpec[] = split.path === null ? [NO_PATH] : pathSpecs(world, split.path)
  recorder.route(world, tree, methods, paths, { ...call, args: split.handlers })
}

const methodsIn = (world: World, value: Value): string[] =>
  functionsIn(world, optionsOf(value)).flatMap((each) =>
    each.kind === 'constant' && typeof each.value === 'string'
      ? [verbOf(each.value.toLowerCase()) ?? each.value]
      : [],
  )

/** `validate: { body, query, params, header, type, output }`, as koa-joi-router checks it. */
const declaredOf = (world: World, spec: Value): Declared | undefined => {
  const validate = world.get(spec, 'validate')
  if (validate.kind !== 'dictionary') return undefined
  const parts = [...validate.fields].flatMap(([word, value]) => {
    const part = partOf(word)
    return part === null ? [] : [[part, value] as const]
  })
  const output = validate.fields.get('output')
  const responses = output?.kind === 'dictionary' ? [...output.fields] : []
  return {
    parts: Object.fromEntries(parts),
    responses: new Map(
      responses.flatMap(([status, value]) =>
        /^\d{3}$/.test(status) ? [[status, world.get(value, 'body')] as const] : [],
      ),
    ),
  }
}

/** One object says it all: `{ method, path, validate, handler }`, as koa-joi-router has it. */
const registerSpec = (recorder: Recorder, world: World, tree: RouteTree, call: Call) => {
  for (const spec of functionsIn(world, call.args)) {
    const methods = methodsIn(world, world.get(spec, 'method'))
    const handlers = functionsIn(world, [world.get(spec, 'pre'), world.get(spec, 'handler')])
    const args = handlers.filter((handler) => handler.kind !== 'constant')
    const path = pathSpecs(world, world.get(spec, 'path'))
    recorder.route(world, tree, methods, path, { ...call, args }, declaredOf(world, spec))
  }
}

const member = (
  recorder: Recorder,
  world: World,
  tree: RouteTree,
  key: string,
  self: Value,
): Value | null => {
  if (key === 'use')
    return keeper(key, (call) => {
      recorder.use(world, tree, call)
      return self
    })
  if (key === 'routes' || key === 'middleware') return native(key, () => self)
  if (key === 'allowedMethods') return native(key, () => harmless('allowedMethods'))
  if (key === 'prefix')
    return native(key, ({ args: [prefix] }) => {
      const [spec] = prefix === undefined ? [] : pathSpecs(world, prefix)
      if (spec !== undefined) tree.prefix = joinPrefix(spec, tree.prefix)
      return self
    })
  if (key === 'register')
    return keeper(key, (call) => {
      const [path, methods, ...handlers] = call.args
      if (path !== undefined && methods !== undefined)
        recorder.route(world, tree, methodsIn(world, methods), pathSpecs(world, path), {
          ...call,
          args: handlers,
        })
      return self
    })
  if (key === 'route')
    return keeper(key, (call) => {
      registerSpec(recorder, world, tree, call)
      return self
    })
  if (key === 'param' || key === 'on') return keeper(key, () => self)
  const method = key === 'call' || key === 'bind' || key === 'apply' ? null : verbOf(key)
  if (method === null) return null
  return keeper(key, (call) => {
    register(recorder, world, tree, [method], call)
    return self
  })
}

/** The router puts a new prefix before what it had. */
const joinPrefix = (outer: PathSpec, inner: PathSpec): PathSpec =>
  outer.kind === 'path' && inner.kind === 'path'
    ? { kind: 'path', path: `${outer.path}${inner.path}` }
    : outer.kind === 'path'
      ? inner
      : outer

/** How Koa and its routers behave to the code that is followed. */
export const createModel = (): Model => {
  const recorder = createRecorder()

  const plant = (
    world: World,
    kind: RouteTree['kind'],
    name: string,
    call: Call,
    prefix: PathSpec = NO_PATH,
  ) => {
    const tree = recorder.plant(kind, name, call.place, prefix)
    const value = host(name, { get: (key, self) => member(recorder, world, tree, key, self) })
    recorder.bind(value, tree)
    return { tree, value }
  }

  const koa: PackageModel = (_, world) => {
    const create = (call: Call) => plant(world, 'app', 'new Koa()', call).value
    return host('Koa', {
      construct: create,
      call: create,
      get: (key, self) => (key === 'default' ? self : null),
    })
  }

  const router: PackageModel = (specifier, world) => {
    const create = (call: Call): Value => {
      const [options] = call.args
      // Old routers patched the app they were given, and answered its verbs.
      if (options !== undefined && recorder.treesOf(options).length > 0) return options
      const given = options === undefined ? UNDEFINED : world.get(options, 'prefix')
      const [prefix] = given.kind === 'constant' && given.value === undefined ? [] : pathSpecs(world, given)
      return plant(world, 'router', `${specifier} Router`, call, prefix).value
    }
    return host(specifier, {
      construct: create,
      call: create,
      get: (key, self) => {
        if (key === 'default' || key === 'Router') return self
        return key === 'Joi' ? joi : null
      },
    })
  }

  const wrap = (world: World, call: Call, prefix: PathSpec, values: readonly Value[]): Host => {
    const { tree, value } = plant(world, 'router', 'a mounted part', call, prefix)
    recorder.use(world, tree, { ...call, args: values })
    return value
  }

  const mount: PackageModel = (_, world) =>
    keeper('koa-mount', (call) => {
      const [first, second] = call.args
      if (first === undefined) return UNDEFINED
      const [prefix] = second === undefined ? [NO_PATH] : pathSpecs(world, first)
      return wrap(world, call, prefix ?? NO_PATH, [second ?? first])
    })

  const compose: PackageModel = (_, world) =>
    keeper('koa-compose', (call) => wrap(world, call, NO_PATH, functionsIn(world, call.args)))

  const single: PackageModel = (_, world) =>
    host('koa-route', {
      get: (key) => {
        const method = verbOf(key)
        if (method === null) return null
        return keeper(key, (call) => {
          const { tree, value } = plant(world, 'router', 'koa-route', call)
          register(recorder, world, tree, [method], call)
          return value
        })
      },
    })

  const parameter = (node: ts.ParameterDeclaration, world: World): Value | null => {
    if (!ts.isIdentifier(node.name)) return null
    const type = node.type?.getText()
    const called =
      type === undefined
        ? /^(?:app|router|server)$/.test(node.name.text)
        : /^(?:Koa(?:\.\w+)?|Router(?:\.\w+)?|Application|KoaRouter)(?:<.*>)?$/.test(type)
    const call = world.site(node, [])
    return called ? plant(world, 'parameter', `the parameter "${node.name.text}"`, call).value : null
  }

  return {
    recorder,
    parameter,
    packages: {
      koa,
      ...Object.fromEntries(ROUTERS.map((name) => [name, router])),
      'koa-mount': mount,
      'koa-compose': compose,
      'koa-route': single,
    },
  }
}
