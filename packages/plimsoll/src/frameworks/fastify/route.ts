import { type Call, optionsOf, type Value, type World } from '../../languages/javascript/code/code.ts'
import { pathSpecs } from '../../languages/javascript/routing/path-specs.ts'
import { functionsIn, type Recorder } from '../../languages/javascript/routing/recorder.ts'
import type { Declared, PathSpec, RouteTree } from '../../languages/javascript/routing/route-tree.ts'
import type { Part } from '../../languages/javascript/routing/sources.ts'
import { verbOf } from '../../languages/javascript/routing/verbs.ts'

/** In the order in which Fastify runs them. */
const BEFORE = ['onRequest', 'preParsing', 'preValidation', 'preHandler']

/** `get` → `GET`, `all` → `ANY`; null for members that register no route. */
export const methodOf = (key: string): string | null =>
  key === 'call' || key === 'bind' || key === 'apply' || key === 'query' ? null : verbOf(key)

const isGiven = (value: Value) => value.kind !== 'constant'

const handlersOf = (world: World, options: Value): Value[] =>
  functionsIn(world, BEFORE.map((key) => world.get(options, key)).filter(isGiven))

const WORDS: readonly (readonly [string, Part])[] = [
  ['body', 'body'],
  ['query', 'query'],
  ['querystring', 'query'],
  ['params', 'params'],
  ['headers', 'headers'],
]

/** The schemas of a route, when there are any; Fastify checks them before the handler runs. */
const declaredOf = (world: World, options: Value): Declared | undefined => {
  const schema = world.get(options, 'schema')
  if (!isGiven(schema) || schema.kind === 'unknown') return undefined
  const parts = WORDS.flatMap(([word, part]) => {
    const given = world.get(schema, word)
    return isGiven(given) && given.kind !== 'unknown' ? [[part, given] as const] : []
  })
  const responses = world.get(schema, 'response')
  return {
    parts: Object.fromEntries(parts),
    responses: new Map(responses.kind === 'dictionary' ? responses.fields : []),
  }
}

type Registration = {
  methods: readonly string[]
  paths: readonly PathSpec[]
  options: Value | null
  handler: Value | null
}

const record = (recorder: Recorder, world: World, tree: RouteTree, call: Call, route: Registration) => {
  const { options } = route
  const own = options === null ? [] : handlersOf(world, options)
  const given = options === null ? null : world.get(options, 'handler')
  const handler = route.handler ?? (given !== null && isGiven(given) ? given : null)
  const args = handler === null ? own : [...own, handler]
  recorder.route(
    world,
    tree,
    route.methods,
    route.paths,
    { ...call, args },
    options === null ? undefined : declaredOf(world, options),
  )
}

/** `get(path, options?, handler)` */
export const addShorthand = (
  recorder: Recorder,
  world: World,
  tree: RouteTree,
  method: string,
  call: Call,
) => {
  const [path, second, third] = call.args
  if (path === undefined || second === undefined) return
  const isOptions = second.kind === 'dictionary' || (third !== undefined && second.kind !== 'closure')
  record(recorder, world, tree, call, {
    methods: [method],
    paths: pathSpecs(world, path),
    options: isOptions ? second : null,
    handler: isOptions ? (third ?? null) : second,
  })
}

const methodsOf = (world: World, value: Value): string[] =>
  functionsIn(world, optionsOf(value)).flatMap((each) =>
    each.kind === 'constant' && typeof each.value === 'string' ? [each.value.toUpperCase()] : [],
  )

/** `route({ method, url, schema, preHandler, handler })`; `path` is another word for `url` */
export const addRoute = (recorder: Recorder, world: World, tree: RouteTree, call: Call) => {
  for (const options of functionsIn(world, call.args)) {
    for (const one of optionsOf(options)) {
      const url = world.get(one, 'url')
      const path =
        isGiven(url) || url.kind !== 'constant' || url.value !== undefined ? url : world.get(one, 'path')
      const given = world.get(one, 'method')
      const methods = methodsOf(
        world,
        given.kind === 'constant' && given.value === undefined ? world.get(one, 'methods') : given,
      )
      if (methods.length === 0) {
        const what = 'a route of route()'
        recorder.unresolved.push({ what, why: 'its method is not known', place: call.place })
        continue
      }
      record(recorder, world, tree, call, {
        methods,
        paths: pathSpecs(world, path),
        options: one,
        handler: null,
      })
    }
  }
}
