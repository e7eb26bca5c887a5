import ts from 'typescript'
import { schemaIn } from '../../languages/javascript/code/builtins/fluent-schema.ts'
import {
  type Call,
  type Host,
  host,
  native,
  type PackageModel,
  textOf,
  UNDEFINED,
  type Value,
  type World,
} from '../../languages/javascript/code/code.ts'
import type { Model } from '../../languages/javascript/routing/follow.ts'
import { createRecorder } from '../../languages/javascript/routing/recorder.ts'
import { NO_PATH, type RouteTree } from '../../languages/javascript/routing/route-tree.ts'
import { isAutoload, loadFolder } from './autoload.ts'
import { isPlain, markPlain, pluginsIn, prefixOf } from './plugin.ts'
import { addRoute, addShorthand, methodOf } from './route.ts'

/** Packages whose presence means that a file may register routes with Fastify. */
export const PACKAGES = ['fastify', 'fastify-plugin', '@fastify/autoload', 'fastify-autoload', 'fastify-cli']

const TYPES =
  /^(?:fastify\.)?(?:Fastify(?:Instance|TypedInstance)|FastifyTyped\w*|\w*FastifyInstance\w*)(?:<[\s\S]*>)?$/
const NAMES = /^(?:fastify|app|server|instance)$/

/** Hooks that run before a handler, in the order in which they do. */
const HOOKS = ['onRequest', 'preParsing', 'preValidation', 'preHandler']
const CHAINED = [
  'setErrorHandler',
  'setNotFoundHandler',
  'setValidatorCompiler',
  'setSerializerCompiler',
  'addContentTypeParser',
  'removeAllContentTypeParsers',
  'decorateRequest',
  'decorateReply',
  'withTypeProvider',
  'setReplySerializer',
  'setSchemaController',
]
const CALLED_BACK = ['after', 'ready']

const keeper = (name: string, call: (call: Call) => Value) => host(name, { keepsArguments: true, call })

/** How Fastify behaves to the code that is followed. */
export const createModel = (): Model => {
  const recorder = createRecorder()
  /** verbs that the app itself added, by the name of their shorthand */
  const added = new Map<string, string>()

  /** An encapsulated context: it sees what its parent was decorated with, and keeps its own to itself. */
  const context = (world: World, tree: RouteTree, parent: Host | null): Host => {
    const made: Host = host(tree.name, {
      get: (key, self) =>
        made.fields.get(key) ??
        member(world, tree, key, self) ??
        parent?.fields.get(key) ??
        inherited(parent, key),
    })
    if (parent !== null) parents.set(made, parent)
    recorder.bind(made, tree)
    return made
  }

  const parents = new WeakMap<Host, Host>()
  const inherited = (from: Host | null, key: string): Value | null => {
    for (let at = from; at !== null; at = parents.get(at) ?? null) {
      const found = at.fields.get(key)
      if (found !== undefined) return found
    }
    return null
  }

  const plant = (
    world: World,
    kind: RouteTree['kind'],
    name: string,
    place: RouteTree['place'],
    prefix = NO_PATH,
  ) => context(world, recorder.plant(kind, name, place, prefix), null)

  const register = (world: World, tree: RouteTree, self: Value, call: Call) => {
    const [given, options = UNDEFINED] = call.args
    if (given === undefined || self.kind !== 'host') return
    if (isAutoload(given)) {
      loadFolder(world, options, call, (plugin, prefixed) => enter(world, tree, self, plugin, prefixed, call))
      return
    }
    for (const plugin of pluginsIn(world, given)) enter(world, tree, self, plugin, options, call)
  }

  /** A plugin gets a context of its own under its prefix; one that is wrapped (fastify-plugin) shares ours. */
  const enter = (world: World, tree: RouteTree, self: Host, plugin: Value, options: Value, call: Call) => {
    if (plugin.kind === 'external' || plugin.kind === 'constant') return
    if (plugin.kind === 'unknown') {
      const what = 'what register() adds'
      recorder.unresolved.push({ what, why: `it is ${plugin.why}, which may hold routes`, place: call.place })
      return
    }
    const done = native('done', () => UNDEFINED)
    if (isPlain(plugin)) {
      world.call(plugin, [self, options, done], { node: call.node })
      return
    }
    const paths = prefixOf(world, options)
    const inner = recorder.plant('router', 'a plugin', call.place)
    recorder.mounted.add(inner)
    tree.layers.push({ kind: 'mount', paths, tree: inner, before: [], place: call.place })
    world.call(plugin, [context(world, inner, self), options, done], { node: call.node })
  }

  const hook = (world: World, tree: RouteTree, call: Call) => {
    const [name, ...values] = call.args
    if (name?.kind !== 'constant' || !HOOKS.includes(String(name.value))) return
    recorder.use(world, tree, { ...call, args: values })
  }

  const member = (world: World, tree: RouteTree, key: string, self: Value): Value | null => {
    const chained = (run: (call: Call) => void) =>
      keeper(key, (call) => {
        run(call)
        return self
      })
    if (key === 'register') return chained((call) => register(world, tree, self, call))
    if (key === 'addHook') return chained((call) => hook(world, tree, call))
    if (key === 'use') return chained((call) => recorder.use(world, tree, call))
    if (key === 'route') return chained((call) => addRoute(recorder, world, tree, call))
    if (key === 'decorate')
      return chained(({ args: [name, value] }) => {
        if (name?.kind === 'constant' && value !== undefined && self.kind === 'host') {
          self.fields.set(String(name.value), value)
        }
      })
    if (key === 'addSchema')
      return chained(({ args: [given] }) => {
        const schema = given === undefined ? null : schemaIn(given)
        const id = schema === null ? null : textOf(world.get(schema, '$id'))
        if (schema !== null && id !== null) recorder.shared.set(id.replace(/[#/]+$/, ''), schema)
      })
    if (CHAINED.includes(key)) return chained(() => undefined)
    if (key === 'addHttpMethod')
      return chained(({ args: [verb] }) => {
        if (verb?.kind === 'constant')
          added.set(String(verb.value).toLowerCase(), String(verb.value).toUpperCase())
      })
    if (CALLED_BACK.includes(key))
      return chained((call) => {
        const [callback] = call.args
        if (callback?.kind === 'closure') world.call(callback, [UNDEFINED], { node: call.node })
      })
    const method = methodOf(key) ?? added.get(key) ?? null
    return method === null ? null : chained((call) => addShorthand(recorder, world, tree, method, call))
  }

  const fastify: PackageModel = (specifier, world) => {
    if (specifier !== 'fastify') return null
    return host('fastify', {
      call: (call) => plant(world, 'app', 'fastify()', call.place),
      get: (key, self) => (key === 'default' || key === 'fastify' ? self : null),
    })
  }

  const wrapper: PackageModel = () =>
    host('fastify-plugin', {
      keepsArguments: true,
      call: ({ args: [plugin] }) => markPlain(plugin ?? UNDEFINED),
      get: (key, self) => (key === 'default' || key === 'fastifyPlugin' ? self : null),
    })

  const autoload: PackageModel = () =>
    host('@fastify/autoload', {
      get: (key, self) => (key === 'default' || key === 'fastifyAutoload' ? self : null),
    })

  const parameter = (node: ts.ParameterDeclaration, world: World): Value | null => {
    if (!ts.isIdentifier(node.name)) return null
    const called = node.type === undefined ? NAMES.test(node.name.text) : TYPES.test(node.type.getText())
    return called ? plant(world, 'parameter', `the parameter "${node.name.text}"`, world.place(node)) : null
  }

  return {
    recorder,
    parameter,
    packages: {
      fastify,
      'fastify-plugin': wrapper,
      '@fastify/autoload': autoload,
      'fastify-autoload': autoload,
    },
  }
}
