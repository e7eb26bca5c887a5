import ts from 'typescript'
import {
  type Call,
  type External,
  type Host,
  host,
  native,
  type PackageModel,
  UNDEFINED,
  unknown,
  type Value,
  type World,
} from '../../languages/javascript/code/code.ts'
import type { Model } from '../../languages/javascript/routing/follow.ts'
import { pathSpecs } from '../../languages/javascript/routing/path-specs.ts'
import { createRecorder, type Recorder } from '../../languages/javascript/routing/recorder.ts'
import { NO_PATH, type PathSpec, type RouteTree } from '../../languages/javascript/routing/route-tree.ts'
import { verbOf } from '../../languages/javascript/routing/verbs.ts'

const ROUTER_PACKAGES = ['express-promise-router', 'express-async-router', '@root/async-router', 'router']
const PASSING_PACKAGES = ['express-ws', '@awaitjs/express']
const MIDDLEWARE = ['json', 'urlencoded', 'static', 'raw', 'text', 'query']
const SETTERS = ['set', 'enable', 'disable', 'engine', 'param', 'on']
const TYPES = /^(?:express\.|core\.|e\.)?(?:Express|Application|Router|IRouter|IApplication)(?:<.*>)?$/
const NAMES = /^(?:app|router|server)$/

/** Packages whose presence means that a file may register routes with Express. */
export const PACKAGES = ['express', ...ROUTER_PACKAGES, ...PASSING_PACKAGES]

const external = (name: string, path: readonly string[]): External => ({
  kind: 'external',
  package: name,
  path,
  args: [],
  place: null,
})

/** `getAsync`, `useAsync`: a wrapper package's spelling. */
const plainName = (key: string) => key.replace(/Async$/, '')

const keeper = (name: string, call: (call: Call) => Value) => host(name, { keepsArguments: true, call })

const chain = (recorder: Recorder, world: World, tree: RouteTree, paths: readonly PathSpec[]): Host =>
  host('route()', {
    get: (key, self) => {
      const method = verbOf(plainName(key))
      if (method === null) return null
      return keeper(key, (call) => {
        recorder.route(world, tree, [method], paths, call)
        return self
      })
    },
  })

const member = (
  recorder: Recorder,
  world: World,
  tree: RouteTree,
  key: string,
  self: Value,
): Value | null => {
  const name = plainName(key)
  if (name === 'use')
    return keeper(key, (call) => {
      recorder.use(world, tree, call)
      return self
    })
  if (name === 'route')
    return native(key, ({ args: [path] }) =>
      chain(recorder, world, tree, path === undefined ? [NO_PATH] : pathSpecs(world, path)),
    )
  if (SETTERS.includes(key)) return keeper(key, () => self)
  if (key === 'router' || key === '_router') return self
  const method = key === 'call' || key === 'bind' || key === 'apply' ? null : verbOf(name)
  if (method === null) return null
  return keeper(key, (call) => {
    const [path, ...handlers] = call.args
    if (path === undefined || handlers.length === 0) return unknown('a setting of the app')
    recorder.route(world, tree, [method], pathSpecs(world, path), { ...call, args: handlers })
    return self
  })
}

/** How Express behaves to the code that is followed. */
export const createModel = (): Model => {
  const recorder = createRecorder()

  const make = (world: World, kind: RouteTree['kind'], name: string, place: RouteTree['place']): Host => {
    const tree = recorder.plant(kind, name, place)
    const made = host(name, { get: (key, self) => member(recorder, world, tree, key, self) })
    recorder.bind(made, tree)
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

  const passing: PackageModel = (specifier, world) => {
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

  const routers = ROUTER_PACKAGES.map((name): [string, PackageModel] => [
    name,
    (_, world) => routerClass(world, `${name}()`),
  ])
  const passers = PASSING_PACKAGES.map((name): [string, PackageModel] => [name, passing])

  /** A parameter that its type or its name calls an app or a router, in a function that nothing calls. */
  const parameter = (node: ts.ParameterDeclaration, world: World): Value | null => {
    if (!ts.isIdentifier(node.name)) return null
    const called = node.type === undefined ? NAMES.test(node.name.text) : TYPES.test(node.type.getText())
    return called ? make(world, 'parameter', `the parameter "${node.name.text}"`, world.place(node)) : null
  }

  return { recorder, packages: { express, ...Object.fromEntries([...routers, ...passers]) }, parameter }
}
