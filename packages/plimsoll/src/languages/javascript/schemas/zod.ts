import { optionsOf, type Value } from '../code/code.ts'
import type { Link } from './chain.ts'
import { isSchema, propertiesOf, type Read, type Reading, UNREADABLE } from './schema.ts'
import { COERCED, FORMATS, MAKERS, needed } from './zod-makers.ts'
import { STAYING, STEPS, type State, type Step } from './zod-steps.ts'

const start = ({ names, args }: Link, at: Reading): Read | null => {
  const words = names.filter((name) => !name.startsWith('/') && !['z', 'default'].includes(name))
  const [first = '', second] = words
  if (args === null) return null
  if (first === 'iso') return needed({ type: 'string', ...FORMATS[second ?? ''] })
  if (first === 'coerce') {
    const maker = COERCED[second ?? ''] ?? MAKERS[second ?? '']
    return maker?.(args, at) ?? UNREADABLE
  }
  return Object.hasOwn(MAKERS, first) ? (MAKERS[first]?.(args, at) ?? null) : UNREADABLE
}

/** `.shape.email`, `.element`, `.options`: what the chain ends in without a call. */
const inside = (state: State, names: readonly string[]): Read | null => {
  const [first, second] = names
  if (first === 'shape')
    return second === undefined ? state : (propertiesOf(state.schema).get(second) ?? null)
  if (first === 'element') return isSchema(state.schema.items) ? needed(state.schema.items) : null
  return first === 'options' || first === 'enum' || first === '_def' ? state : null
}

/** A chain of zod (3 and 4), as what it takes in. Refinements, and what cannot be read, are left out. */
export const readZod = (links: readonly Link[], at: Reading): Read | null => {
  const [first, ...rest] = links
  let state: State | null = first === undefined ? null : start(first, at)
  for (const { names, args } of rest) {
    if (state === null) return null
    if (args === null) {
      state = inside(state, names)
      continue
    }
    const [name = ''] = names.slice(-1)
    const before = names.length > 1 ? inside(state, names.slice(0, -1)) : state
    if (before === null) return null
    const step: Step | undefined = Object.hasOwn(STEPS, name) ? STEPS[name] : undefined
    const current: State = before
    state =
      step === undefined || (current.open === true && !STAYING.has(name)) ? current : step(current, args, at)
  }
  return state
}

/** What a class made by `createZodDto(schema)` stands for; null when it is none. */
export const zodOfClass = (value: Value, depth = 0): Value | null => {
  const [first] = optionsOf(value)
  if (first === undefined || depth > 8) return null
  if (first.kind === 'external' && first.path.includes('createZodDto')) return first.args[0] ?? null
  return first.kind === 'class' && first.parent !== null ? zodOfClass(first.parent, depth + 1) : null
}
