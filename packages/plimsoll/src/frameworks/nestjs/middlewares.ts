import {
  type Call,
  type Class,
  host,
  textOf,
  type Value,
  type World,
} from '../../languages/javascript/code/code.ts'
import { covers, normalisePath } from '../../languages/javascript/routing/paths.ts'
import { makeInstance } from './instance.ts'
import { methodName } from './methods.ts'

/** Where a middleware applies: a path with a method (null: all), or the routes of a controller. */
type Target = { path: string; method: string | null } | { controller: Class } | 'unknown'

/** `consumer.apply(…values).exclude(…).forRoutes(…)` */
export type Binding = { values: readonly Value[]; targets: Target[]; excluded: Target[]; certain: boolean }

const targetOf = (world: World, value: Value): Target => {
  if (value.kind === 'class') return { controller: value }
  const text = textOf(value)
  if (text !== null) return { path: text, method: null }
  if (value.kind !== 'dictionary') return 'unknown'
  const path = textOf(world.get(value, 'path'))
  return path === null ? 'unknown' : { path, method: methodName(world.get(value, 'method')) }
}

const targetsOf = (world: World, { args }: Call): Target[] =>
  args.flatMap((arg) => (arg.kind === 'list' ? arg.items : [arg])).map((value) => targetOf(world, value))

const flat = (values: readonly Value[]): Value[] =>
  values.flatMap((value) => (value.kind === 'list' ? flat(value.items) : [value]))

/** What a module's `configure(consumer)` puts before routes. */
export const readMiddlewares = (world: World, module: Class): Binding[] => {
  const instance = makeInstance(world, module, module.node)
  const configure = world.get(instance, 'configure')
  if (configure.kind !== 'closure') return []
  const bindings: Binding[] = []
  const consumer: Value = host('the consumer', {
    get: (name) => {
      if (name !== 'apply') return null
      return host(name, {
        keepsArguments: true,
        call: ({ args, certain }) => {
          const binding: Binding = { values: flat(args), targets: [], excluded: [], certain }
          bindings.push(binding)
          const proxy: Value = host('apply()', {
            get: (key) =>
              host(key, {
                keepsArguments: true,
                call: (call) => {
                  const into = key === 'forRoutes' ? binding.targets : binding.excluded
                  into.push(...targetsOf(world, call))
                  return key === 'forRoutes' ? consumer : proxy
                },
              }),
          })
          return proxy
        },
      })
    },
  })
  world.call(configure, [consumer], { node: module.node, self: instance })
  return bindings
}

/** A route as middlewares see it: its path without the global prefix, with and without its version. */
export type Seen = { controller: Class; paths: readonly string[]; method: string }

const EVERYTHING = /^(?:\/?\*\w*|\/?\(\.\*\)|\/?\{\*\w+\})$/

const hits = (target: Target, seen: Seen, whole: boolean): boolean | null => {
  if (target === 'unknown') return null
  if ('controller' in target) return target.controller.node === seen.controller.node
  if (
    target.method !== null &&
    target.method !== 'ANY' &&
    target.method !== seen.method &&
    seen.method !== 'ANY'
  )
    return false
  if (EVERYTHING.test(target.path)) return true
  const mount = normalisePath(target.path.startsWith('/') ? target.path : `/${target.path}`)
  const exact = whole || (target.method !== null && target.method !== 'ANY')
  const depth = (path: string) => path.split('/').filter((part) => part !== '').length
  return seen.paths.some(
    (path) => covers(mount, path) && (!exact || mount.includes('*') || depth(mount) === depth(path)),
  )
}

/** Whether a binding stands before a route: null where that is not known. */
export const applies = (binding: Binding, seen: Seen): boolean | null => {
  if (binding.excluded.some((target) => hits(target, seen, true) === true)) return false
  const answers = binding.targets.map((target) => hits(target, seen, false))
  if (answers.includes(true)) return binding.certain && !binding.excluded.includes('unknown') ? true : null
  return answers.includes(null) ? null : false
}
