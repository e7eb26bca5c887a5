import ts from 'typescript'
import {
  type Call,
  type External,
  type Host,
  host,
  hostOf,
  native,
  optionsOf,
  type PackageModel,
  UNDEFINED,
  unknown,
  type Value,
  type World,
} from '../../languages/javascript/code/code.ts'
import { looksLikePath, pathSpecs } from '../../languages/javascript/routing/path-specs.ts'
import { NO_PATH, type PathSpec, type RouteTree } from '../../languages/javascript/routing/route-tree.ts'
import { verbOf } from '../../languages/javascript/routing/verbs.ts'
import type { Unresolved } from '../../model/system.ts'

/** What following the code with Express's model found. */
export type Recorded = {
  trees: RouteTree[]
  /** trees that something mounts */
  mounted: Set<RouteTree>
  unresolved: Unresolved[]
}

const ROUTER_PACKAGES = ['express-promise-router', 'express-async-router', '@root/async-router', 'router']
const MIDDLEWARE = ['json', 'urlencoded', 'static', 'raw', 'text', 'query']

/** Packages whose presence means that this module serves with Express. */
export const PACKAGES = ['express', ...ROUTER_PACKAGES, 'express-ws', '@awaitjs/express']

const external = (name: string, path: readonly string[]): External => ({
  kind: 'external',
  package: name,
  path,
  args: [],
  place: null,
})

/** `getAsync`, `useAsync`: a wrapper package's spelling. */
const plainName = (key: string) => key.replace(/Async$/, '')

export const createModel = () => {
  const recorded: Recorded = { trees: [], mounted: new Set(), unresolved: [] }
  const treeOf = new WeakMap<Host, RouteTree>()

  const functionsIn = (world: World, args: readonly Value[]): Value[] =>
    args.flatMap((arg) => (arg.kind === 'list' ? functionsIn(world, world.items(arg) ?? []) : [arg]))

  const addRoute = (
    world: World,
    tree: RouteTree,
    method: string,
    paths: readonly PathSpec[],
    call: Call,
  ) => {
    const handlers = functionsIn(world, call.args)
    tree.layers.push({
      kind: 'route',
      methods: [method],
      paths,
      handlers,
      place: call.place,
      node: call.node,
    })
  }

  const use = (world: World, tree: RouteTree, call: Call) => {
    const [first, ...rest] = call.args
    if (first === undefined) return
    const named = looksLikePath(world, first) || (rest.length > 0 && first.kind === 'unknown')
    const paths = named ? pathSpecs(world, first) : [NO_PATH]
    const before: Value[] = []
    for (const value of functionsIn(world, named ? rest : call.args)) {
      const trees = optionsOf(value).flatMap((option) => {
        const found = hostOf(option)
        const mounted = found === null ? undefined : treeOf.get(found)
        return mounted === undefined ? [] : [mounted]
      })
      for (const mounted of trees) {
        recorded.mounted.add(mounted)
        tree.layers.push({ kind: 'mount', paths, tree: mounted, before: [...before], place: call.place })
      }
      if (trees.length > 0) continue
      if (value.kind === 'constant') continue
      before.push(value)
      tree.layers.push({
        kind: 'middleware',
        paths,
        values: [value],
        certain: call.certain,
        place: call.place,
      })
      if (value.kind === 'unknown') complain(call, paths, value.why)
    }
  }

  const complain = (call: Call, paths: readonly PathSpec[], why: string) => {
    const at = paths.map((spec) => (spec.kind === 'path' ? spec.path : '?')).join(', ')
    const what = at === '' ? 'what use() adds' : `what use() adds at ${at}`
    recorded.unresolved.push({ what, why: `it is ${why}, which may hold routes`, place: call.place })
  }

  const chain = (world: World, tree: RouteTree, paths: readonly PathSpec[]): Host =>
    host('route()', {
      keepsArguments: true,
      get: (key, self) => {
        const method = verbOf(plainName(key))
        if (method === null) return null
        return host(key, {
          keepsArguments: true,
          call: (call) => {
            addRoute(world, tree, method, paths, call)
            return self
          },
        })
      },
    })

  const register =
    (world: World, tree: RouteTree, method: string, self: Value) =>
    (call: Call): Value => {
      const [path, ...handlers] = call.args
      if (path === undefined || handlers.length === 0) return unknown('a setting of the app')
      addRoute(world, tree, method, pathSpecs(world, path), { ...call, args: handlers })
      return self
    }

  const member = (world: World, tree: RouteTree, key: string, self: Value): Value | null => {
    const name = plainName(key)
    if (name === 'use')
      return host('use', {
        keepsArguments: true,
        call: (call) => {
          use(world, tree, call)
          return self
        },
      })
    if (name === 'route')
      return native('route', ({ args: [path] }) =>
        chain(world, tree, path === undefined ? [NO_PATH] : pathSpecs(world, path)),
      )
    if (
      key === 'set' ||
      key === 'enable' ||
      key === 'disable' ||
      key === 'engine' ||
      key === 'param' ||
      key === 'on'
    )
      return host(key, { keepsArguments: true, call: () => self })
    if (key === 'router' || key === '_router') return self
    const method = key === 'call' || key === 'bind' || key === 'apply' ? null : verbOf(name)
    return method === null
      ? null
      : host(key, { keepsArguments: true, call: register(world, tree, method, self) })
  }

  const make = (world: World, kind: RouteTree['kind'], name: string, place: RouteTree['place']): Host => {
    const tree: RouteTree = { kind, name, place, prefix: NO_PATH, layers: [] }
    recorded.trees.push(tree)
    const made = host(name, { get: (key, self) => member(world, tree, key, self) })
    treeOf.set(made, tree)
    return made
  }

  const routerClass = (world: World, name: string): Host => {
    const create = (call: Call) => make(world, 'router', name, call.place)
    return host(name, {
      call: create,
      construct: create,
      get: (key, self) => (key === 'Router' || key === 'AsyncRouter' || key === 'default' ? self : null),
    })
  }

  const express: PackageModel = (specifier, world) => {
    if (specifier !== 'express') return null
    const router = routerClass(world, 'express.Router()')
    return host('express', {
      call: (call) => make(world, 'app', 'express()', call.place),
      get: (key, self) => {
        if (key === 'default' || key === 'express') return self
        if (key === 'Router') return router
        return MIDDLEWARE.includes(key) ? external('express', [key]) : null
      },
    })
  }

  const passesOn: PackageModel = (specifier, world) => {
    const give = ({ args: [app] }: Call): Value => {
      if (specifier === '@awaitjs/express') return app ?? UNDEFINED
      return host('expressWs()', { get: (key) => (key === 'app' ? (app ?? null) : null) })
    }
    return host(specifier, {
      call: give,
      get: (key, self) => {
        if (key === 'default') return self
        if (key === 'addAsync') return native(key, give)
        return key === 'Router' ? routerClass(world, 'Router()') : null
      },
    })
  }

  const packages: Record<string, PackageModel> = {
    express,
    'express-ws': passesOn,
    '@awaitjs/express': passesOn,
    ...Object.fromEntries(
      ROUTER_PACKAGES.map((name) => [name, (_: string, world: World) => routerClass(world, `${name}()`)]),
    ),
  }

  /** A parameter that its type or its name calls an app or a router, in a function that nothing calls. */
  const parameter = (node: ts.ParameterDeclaration, world: World): Value | null => {
    if (!ts.isIdentifier(node.name)) return null
    const type = node.type?.getText() ?? ''
    const typed =
      /^(?:express\.|core\.|e\.)?(?:Express|Application|Router|IRouter|IApplication)(?:<.*>)?$/.test(type)
    const named = node.type === undefined && /^(?:app|router|server|api)$/.test(node.name.text)
    return typed || named
      ? make(world, 'parameter', `the parameter "${node.name.text}"`, world.place(node))
      : null
  }

  return { recorded, packages, parameter }
}
