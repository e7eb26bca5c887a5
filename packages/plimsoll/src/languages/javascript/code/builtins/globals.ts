import type { Machine } from '../machine.ts'
import {
  type Call,
  constant,
  dictionary,
  host,
  type List,
  list,
  native,
  textOf,
  truthOf,
  UNDEFINED,
  unknown,
  type Value,
} from '../value.ts'
import { environment } from './platform.ts'

type Static = (machine: Machine, call: Call) => Value

const fieldsOf = (machine: Machine, value: Value | undefined) =>
  value === undefined ? null : machine.world.fields(value)

const OBJECT: Readonly<Record<string, Static>> = {
  assign: (machine, { args: [target, ...sources] }) => {
    for (const source of sources) {
      for (const [key, value] of fieldsOf(machine, source) ?? [])
        if (target !== undefined) machine.set(target, key, value)
    }
    return target ?? UNDEFINED
  },
  keys: (machine, { args: [of] }) => {
    const fields = fieldsOf(machine, of)
    return fields === null ? unknown('the keys of an object') : list([...fields.keys()].map(constant))
  },
  values: (machine, { args: [of] }) => {
    const fields = fieldsOf(machine, of)
    return fields === null ? unknown('the values of an object') : list([...fields.values()])
  },
  entries: (machine, { args: [of] }) => {
    const fields = fieldsOf(machine, of)
    if (fields === null) return unknown('the entries of an object')
    return list([...fields].map(([key, value]) => list([constant(key), value])))
  },
  fromEntries: (machine, { args: [of] }) => {
    const items = of === undefined ? null : machine.world.items(of)
    const pairs = (items ?? []).map(
      (item) => [textOf(machine.get(item, '0')), machine.get(item, '1')] as const,
    )
    const fields = pairs.flatMap(([key, value]) => (key === null ? [] : [[key, value] as const]))
    return dictionary(fields, { open: items === null || fields.length < pairs.length })
  },
  freeze: (_, { args: [of] }) => of ?? UNDEFINED,
  seal: (_, { args: [of] }) => of ?? UNDEFINED,
  create: (_, { args: [of] }) => {
    const made = dictionary()
    if (of !== undefined && of.kind !== 'constant') made.fields.set('\u0000base', of)
    return made
  },
  defineProperty: (machine, { args: [target, key, how] }) => {
    const name = textOf(key)
    const value = how === undefined ? UNDEFINED : machine.get(how, 'value')
    const getter = how === undefined ? UNDEFINED : machine.get(how, 'get')
    if (target !== undefined && name !== null && value !== UNDEFINED) machine.set(target, name, value)
    else if (target !== undefined && name !== null && getter.kind === 'closure' && how !== undefined)
      machine.set(target, name, machine.call(getter, [], { node: getter.node }))
    return target ?? UNDEFINED
  },
}

const resolved: Static = (_, { args: [value] }) => value ?? UNDEFINED
const PROMISE: Readonly<Record<string, Static>> = {
  resolve: resolved,
  all: resolved,
  allSettled: (machine, { args: [value] }) =>
    list(
      (value === undefined ? null : machine.world.items(value))?.map((item) =>
        dictionary([
          ['status', constant('fulfilled')],
          ['value', item],
        ]),
      ) ?? [],
    ),
  race: (_, { args: [value] }) => value ?? UNDEFINED,
}

const ARRAY: Readonly<Record<string, Static>> = {
  from: (machine, { args: [of, visit], node }) => {
    const items = of === undefined ? null : machine.world.items(of)
    if (items === null) return unknown('an array')
    return list(
      visit === undefined
        ? items
        : items.map((item, index) => machine.call(visit, [item, constant(index)], { node })),
    )
  },
  isArray: (_, { args: [of] }) => {
    if (of?.kind === 'unknown' || of?.kind === 'external' || of?.kind === 'choice') return unknown('isArray')
    return constant(of?.kind === 'list')
  },
  of: (_, { args }) => list(args),
}

const statics = (machine: Machine, name: string, members: Readonly<Record<string, Static>>, rest = {}) =>
  host(name, {
    get: (key) => {
      const member = Object.hasOwn(members, key) ? members[key] : undefined
      return member === undefined ? null : native(`${name}.${key}`, (call) => member(machine, call))
    },
    ...rest,
  })

/** A Map or a Set: its entries in order, the last one of a key winning where keys are constants. */
const collection = (machine: Machine, call: Call, pairs: boolean): Value => {
  const given = call.args[0] === undefined ? [] : (machine.world.items(call.args[0]) ?? [])
  const entries: List = list(given)
  const keyOf = (item: Value) => (pairs ? machine.get(item, '0') : item)
  const payloadOf = (item: Value) => (pairs ? machine.get(item, '1') : item)
  const at = (key: Value | undefined) =>
    entries.items.findIndex(
      (item) => key !== undefined && textOf(key) !== null && textOf(keyOf(item)) === textOf(key),
    )
  const made = dictionary([['\u0000entries', entries]])
  const add = (name: string, run: (call: Call) => Value) => made.fields.set(name, native(name, run))
  add(pairs ? 'set' : 'add', ({ args: [key, value] }) => {
    const item = pairs ? list([key ?? UNDEFINED, value ?? UNDEFINED]) : (key ?? UNDEFINED)
    const index = at(key)
    if (index >= 0) entries.items[index] = item
    else if (entries.items.length < 2000) entries.items.push(item)
    return made
  })
  add('get', ({ args: [key] }) => {
    const item = entries.items[at(key)]
    return item === undefined ? unknown('an entry') : payloadOf(item)
  })
  add('has', () => unknown('a membership'))
  add('forEach', ({ args: [visit], node }) => {
    if (visit !== undefined)
      for (const item of entries.items) machine.call(visit, [payloadOf(item), keyOf(item), made], { node })
    return UNDEFINED
  })
  add('values', () => list(entries.items.map(payloadOf)))
  add('keys', () => list(entries.items.map(keyOf)))
  add('entries', () => list(entries.items))
  return made
}

const timer = (machine: Machine) =>
  native('setTimeout', ({ args: [run], node }) => {
    if (run !== undefined) machine.call(run, [], { node })
    return unknown('a timer')
  })

const promiseClass = (machine: Machine) =>
  statics(machine, 'Promise', PROMISE, {
    construct: ({ args: [executor], node }: Call) => {
      let value: Value = unknown('a promise')
      const resolve = native('resolve', ({ args: [given] }) => {
        value = given ?? UNDEFINED
        return UNDEFINED
      })
      if (executor !== undefined)
        machine.call(executor, [resolve, native('reject', () => UNDEFINED)], { node })
      return value
    },
  })

/** What every module sees without importing it. */
export const createGlobals = (machine: Machine): ReadonlyMap<string, Value> => {
  const globals = new Map<string, Value>([
    ['Object', statics(machine, 'Object', OBJECT)],
    ['Promise', promiseClass(machine)],
    ['Array', statics(machine, 'Array', ARRAY, { construct: () => list([], true) })],
    ['Map', host('Map', { construct: (call) => collection(machine, call, true) })],
    ['Set', host('Set', { construct: (call) => collection(machine, call, false) })],
    ['Boolean', native('Boolean', ({ args: [value] }) => truthValue(value))],
    ['String', native('String', ({ args: [value] }) => constantText(value))],
    ['Number', native('Number', ({ args: [value] }) => numberOf(value))],
    ['parseInt', native('parseInt', ({ args: [value] }) => numberOf(value))],
    ['process', environment(machine)],
    ['setTimeout', timer(machine)],
    ['setImmediate', timer(machine)],
    ['queueMicrotask', timer(machine)],
    ['Symbol', native('Symbol', () => unknown('a symbol'))],
    ['NaN', constant(Number.NaN)],
    ['Infinity', constant(Number.POSITIVE_INFINITY)],
  ])
  const self = host('globalThis', { get: (key) => globals.get(key) ?? null })
  return globals.set('globalThis', self).set('global', self)
}

const numberOf = (value: Value | undefined): Value =>
  value?.kind === 'constant' && typeof value.value !== 'bigint'
    ? constant(Number(value.value))
    : value?.kind === 'unknown'
      ? value
      : unknown('a number')

const constantText = (value: Value | undefined): Value => {
  const text = textOf(value)
  return text === null ? unknown('a text') : constant(text)
}

const truthValue = (value: Value | undefined): Value => {
  const truth = value === undefined ? false : truthOf(value)
  return truth === null ? unknown('a condition') : constant(truth)
}
