import type { JsonSchema } from '../api.ts'
import { isShape, type Shape } from '../generate/shape.ts'
import { sampleValid } from '../generate/values.ts'
import type { Space } from './space.ts'

const SEED = 1
const size = (value: unknown) => JSON.stringify(value)?.length ?? 0

/** Valid values, small ones first; always the same for the same schema. */
export const samplesOf = (schema: JsonSchema, space: Space, n: number): unknown[] => {
  try {
    return sampleValid(schema, space, n, SEED).sort((a, b) => size(a) - size(b))
  } catch {
    return []
  }
}

type Bases = WeakMap<Shape, WeakMap<Shape, unknown>>

const remembered = (bases: Bases, from: Shape, to: Shape, make: () => unknown): unknown => {
  const known = bases.get(from) ?? new WeakMap<Shape, unknown>()
  bases.set(from, known)
  if (!known.has(to)) known.set(to, make())
  return known.get(to)
}

const makeBase = (from: Shape, to: Shape, space: Space): unknown => {
  const [both] = samplesOf({ allOf: [from, to] }, space, 6)
  return both === undefined ? samplesOf(from, space, 6)[0] : both
}

const [lists, objects]: [Bases, Bases] = [new WeakMap(), new WeakMap()]

/** A small list that is valid for both schemas where there is one, else for the first. */
export const baseList = (from: Shape, to: Shape, space: Space): unknown[] => {
  const made = remembered(lists, from, to, () => makeBase(from, to, space))
  return Array.isArray(made) ? made : []
}

/** The like of an object; undefined where none can be made. */
export const baseObject = (from: Shape, to: Shape, space: Space): Shape | undefined => {
  const asObjects = () => makeBase({ ...from, type: 'object' }, { ...to, type: 'object' }, space)
  const made = remembered(objects, from, to, asObjects)
  return isShape(made) ? made : undefined
}
