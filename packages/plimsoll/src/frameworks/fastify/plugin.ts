import { optionsOf, type Value, type World } from '../../languages/javascript/code/code.ts'
import { pathSpecs } from '../../languages/javascript/routing/path-specs.ts'
import { NO_PATH, type PathSpec } from '../../languages/javascript/routing/route-tree.ts'

const plain = new WeakSet<Value>()
/** What `Symbol.for('skip-override')` is assigned to, when a plugin is marked by hand. */
const SKIP = /skip-override/

/** Marks a plugin that shares the context it is registered in. */
export const markPlain = (plugin: Value): Value => {
  for (const option of optionsOf(plugin)) plain.add(option)
  return plugin
}

export const isPlain = (plugin: Value): boolean =>
  plain.has(plugin) || (plugin.kind === 'closure' && [...plugin.fields.keys()].some((key) => SKIP.test(key)))

/** The functions that one argument of register stands for: `import(…)` gives a module with a default export. */
export const pluginsIn = (world: World, given: Value): readonly Value[] =>
  optionsOf(given).flatMap((option) => {
    if (option.kind !== 'dictionary') return [option]
    const inner = world.get(option, 'default')
    return inner.kind === 'constant' ? [] : [...optionsOf(inner)]
  })

/** The prefix that the options of register give. */
export const prefixOf = (world: World, options: Value): PathSpec[] => {
  if (options.kind === 'constant') return [NO_PATH]
  const given = world.get(options, 'prefix')
  if (given.kind === 'constant')
    return [typeof given.value === 'string' ? { kind: 'path', path: given.value } : NO_PATH]
  return options.kind === 'unknown' ? [NO_PATH] : pathSpecs(world, given)
}
