import { type Class, textOf, type Value, type World } from '../../languages/javascript/code/code.ts'
import { covers, joinPaths, normalisePath } from '../../languages/javascript/routing/paths.ts'
import { makeInstance } from './instance.ts'
import { applies } from './middlewares.ts'
import type { Step } from './module-graph.ts'
import type { Address } from './paths.ts'
import type { Surface } from './surface.ts'

/** A middleware is a function, or a class whose `use` is one. */
const functionOf = (world: World, value: Value): Value => {
  if (value.kind !== 'class') return value
  const use = world.get(makeInstance(world, value, value.node), 'use')
  return use.kind === 'closure' ? use : value
}

/** A middleware in front of a route; `named` is what the code calls it. */
type Before = Step & { named: Value }

/** Middlewares in front of a route: those of the app, then those of its modules. */
export const middlewaresOf = (
  world: World,
  surface: Surface,
  target: Class,
  address: Address,
  method: string,
): Before[] => {
  const used = (surface.app?.calls ?? [])
    .filter(({ name }) => name === 'use')
    .flatMap(({ args, certain }): Before[] => {
      const path = textOf(args[0])
      if (path !== null && !covers(normalisePath(joinPaths(path)), address.path)) return []
      return (path === null ? args : args.slice(1))
        .flatMap((arg) => (arg.kind === 'list' ? arg.items : [arg]))
        .map((value) => ({ value, certain, named: value }))
    })
  const seen = { controller: target, paths: address.inner, method }
  const consumed = surface.graph.middlewares.flatMap((binding): Before[] => {
    const said = applies(binding, seen)
    if (said === false) return []
    return binding.values.map((value) => ({
      value: functionOf(world, value),
      certain: said === true,
      named: value,
    }))
  })
  return [...used, ...consumed]
}
