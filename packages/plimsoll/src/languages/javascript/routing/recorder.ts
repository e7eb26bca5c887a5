import type { SourcePlace } from '../../../model/evidence.ts'
import type { Unresolved } from '../../../model/system.ts'
import { type Call, type Host, hostOf, optionsOf, type Value, type World } from '../code/code.ts'
import { looksLikePath, pathSpecs } from './path-specs.ts'
import { type Declared, NO_PATH, type PathSpec, type RouteTree } from './route-tree.ts'

/**
 * What a framework's model writes down while the code is followed: trees of routes, which of them are mounted
 * somewhere, and what could not be resolved.
 */
export type Recorder = {
  readonly trees: RouteTree[]
  readonly mounted: Set<RouteTree>
  readonly unresolved: Unresolved[]
  /** schemas that the app registered under a name, for others to refer to */
  readonly shared: Map<string, Value>
  /** starts a tree; `bind` ties it to the value that stands for it in the code */
  plant(kind: RouteTree['kind'], name: string, place: SourcePlace, prefix?: PathSpec): RouteTree
  bind(value: Host, tree: RouteTree): void
  /** the trees that a value stands for: none, one, or one of several */
  treesOf(value: Value): readonly RouteTree[]
  route(
    world: World,
    tree: RouteTree,
    methods: readonly string[],
    paths: readonly PathSpec[],
    call: Call,
    declared?: Declared,
  ): void
  /** `use(path?, …functions and routers)` */
  use(world: World, tree: RouteTree, call: Call): void
}

/** Arguments with lists among them opened. */
export const functionsIn = (world: World, args: readonly Value[]): Value[] =>
  args.flatMap((arg) => (arg.kind === 'list' ? functionsIn(world, world.items(arg) ?? []) : [arg]))

export const createRecorder = (): Recorder => {
  const trees: RouteTree[] = []
  const mounted = new Set<RouteTree>()
  const unresolved: Unresolved[] = []
  const treeOf = new WeakMap<Host, RouteTree>()

  const treesOf = (value: Value) =>
    optionsOf(value).flatMap((option) => {
      const found = hostOf(option)
      const tree = found === null ? undefined : treeOf.get(found)
      return tree === undefined ? [] : [tree]
    })

  const complain = (call: Call, paths: readonly PathSpec[], why: string) => {
    const at = paths.map((spec) => (spec.kind === 'path' ? spec.path : '?')).join(', ')
    const what = at === '' ? 'what use() adds' : `what use() adds at ${at}`
    unresolved.push({ what, why: `it is ${why}, which may hold routes`, place: call.place })
  }

  const use = (world: World, tree: RouteTree, call: Call) => {
    const [first, ...rest] = call.args
    if (first === undefined) return
    const named = looksLikePath(world, first) || (rest.length > 0 && first.kind === 'unknown')
    const paths = named ? pathSpecs(world, first) : [NO_PATH]
    const before: Value[] = []
    for (const value of functionsIn(world, named ? rest : call.args)) {
      const found = treesOf(value)
      for (const inner of found) {
        mounted.add(inner)
        tree.layers.push({ kind: 'mount', paths, tree: inner, before: [...before], place: call.place })
      }
      if (found.length > 0 || value.kind === 'constant') continue
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

  return {
    trees,
    mounted,
    unresolved,
    shared: new Map(),
    treesOf,
    use,
    plant: (kind, name, place, prefix = NO_PATH) => {
      const tree: RouteTree = { kind, name, place, prefix, layers: [] }
      trees.push(tree)
      return tree
    },
    bind: (value, tree) => {
      treeOf.set(value, tree)
    },
    route: (world, tree, methods, paths, call, declared) => {
      const handlers = functionsIn(world, call.args)
      const last = handlers.at(-1)
      // A client has the same verbs, but is handed data.
      if (tree.kind === 'parameter' && (last?.kind === 'dictionary' || last?.kind === 'constant')) return
      const checked = declared === undefined ? {} : { declared }
      tree.layers.push({
        kind: 'route',
        methods,
        paths,
        handlers,
        ...checked,
        place: call.place,
        node: call.node,
      })
    },
  }
}
