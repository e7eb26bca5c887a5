import type { Machine } from '../machine.ts'
import {
  type Call,
  choose,
  constant,
  type List,
  list,
  native,
  same,
  textOf,
  truthOf,
  UNDEFINED,
  unknown,
  type Value,
} from '../value.ts'

type Method = (machine: Machine, target: List, call: Call) => Value

const MOST_ITEMS = 2000

const each = (machine: Machine, target: List, { args: [visit], node }: Call): Value[] =>
  visit === undefined
    ? []
    : target.items
        .slice(0, MOST_ITEMS)
        .map((item, index) => machine.call(visit, [item, constant(index), target], { node }))

const kept = (machine: Machine, target: List, call: Call): Value[] => {
  const verdicts = each(machine, target, call).map(truthOf)
  return target.items.filter((_, index) => verdicts[index] !== false)
}

const flatten = (items: readonly Value[]): Value[] =>
  items.flatMap((item) => (item.kind === 'list' ? item.items : [item]))

const find: Method = (machine, target, call) => {
  const verdicts = each(machine, target, call).map(truthOf)
  const certain = verdicts.indexOf(true)
  const doubtful = target.items.filter((_, index) => verdicts[index] === null)
  if (doubtful.length === 0) return certain < 0 ? UNDEFINED : (target.items[certain] ?? UNDEFINED)
  return choose(doubtful)
}

const reduce: Method = (machine, target, { args, node }) => {
  const [visit, first] = args
  if (visit === undefined) return unknown('reduce')
  const items = first === undefined ? target.items.slice(1) : target.items
  return items
    .slice(0, MOST_ITEMS)
    .reduce<Value>(
      (total, item, index) => machine.call(visit, [total, item, constant(index), target], { node }),
      first ?? target.items[0] ?? UNDEFINED,
    )
}

const join: Method = (_, target, { args: [by] }) => {
  const texts = target.items.map((item) => textOf(item))
  const separator = by === undefined ? ',' : textOf(by)
  return target.open || separator === null || texts.some((text) => text === null)
    ? unknown('a joined text')
    : constant(texts.join(separator))
}

const includes: Method = (_, target, { args: [wanted] }) => {
  if (wanted === undefined) return constant(false)
  if (target.items.some((item) => same(item, wanted) && item.kind !== 'unknown')) return constant(true)
  const certain =
    !target.open && wanted.kind === 'constant' && target.items.every((item) => item.kind === 'constant')
  return certain ? constant(false) : unknown('a membership')
}

const bounds = ({ args: [from, to] }: Call) => ({
  from: from?.kind === 'constant' ? Number(from.value) : 0,
  to: to?.kind === 'constant' && to.value !== undefined ? Number(to.value) : undefined,
})

const METHODS: Readonly<Record<string, Method>> = {
  at: (_, target, call) => target.items.at(bounds(call).from) ?? UNDEFINED,
  concat: (_, target, { args }) => list([...target.items, ...flatten(args)], target.open),
  every: (machine, target, call) => {
    each(machine, target, call)
    return unknown('every')
  },
  filter: (machine, target, call) => list(kept(machine, target, call), target.open),
  find,
  flat: (_, target) => list(flatten(target.items), target.open),
  flatMap: (machine, target, call) => list(flatten(each(machine, target, call)), target.open),
  forEach: (machine, target, call) => {
    each(machine, target, call)
    return UNDEFINED
  },
  includes,
  indexOf: (machine, target, call) => {
    const certain = includes(machine, target, call)
    const wanted = call.args[0]
    if (certain.kind !== 'constant' || wanted === undefined) return unknown('an index')
    return constant(target.items.findIndex((item) => same(item, wanted)))
  },
  join,
  keys: (_, target) => list(target.items.map((_item, index) => constant(index))),
  map: (machine, target, call) => list(each(machine, target, call), target.open),
  pop: (_, target) => target.items.pop() ?? UNDEFINED,
  push: (_, target, { args }) => {
    if (target.items.length < MOST_ITEMS) target.items.push(...args)
    return constant(target.items.length)
  },
  reduce,
  reverse: (_, target) => {
    target.items.reverse()
    return target
  },
  shift: (_, target) => target.items.shift() ?? UNDEFINED,
  slice: (_, target, call) => {
    const { from, to } = bounds(call)
    return list(target.items.slice(from, to), target.open)
  },
  some: (machine, target, call) => {
    each(machine, target, call)
    return unknown('some')
  },
  sort: (_, target) => target,
  unshift: (_, target, { args }) => {
    target.items.unshift(...args)
    return constant(target.items.length)
  },
  values: (_, target) => target,
  entries: (_, target) => list(target.items.map((item, index) => list([constant(index), item]))),
}

export const memberOfList = (machine: Machine, target: List, key: string): Value => {
  if (key === 'length') return target.open ? unknown('a length') : constant(target.items.length)
  if (/^\d+$/.test(key))
    return target.items[Number(key)] ?? (target.open ? unknown(`item ${key}`) : UNDEFINED)
  const method = Object.hasOwn(METHODS, key) ? METHODS[key] : undefined
  return method === undefined ? UNDEFINED : native(key, (call) => method(machine, target, call))
}
