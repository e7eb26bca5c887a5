import type { JsonSchema } from '../api.ts'
import { isShape, propertiesOf, requiredOf, type Shape } from '../generate/shape.ts'
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

/** Without the properties that neither requires: large schemas take long to make values of. */
const lean = (shape: Shape, required: ReadonlySet<string>): Shape =>
  shape.properties === undefined
    ? shape
    : { ...shape, properties: Object.fromEntries(propertiesOf(shape).filter(([name]) => required.has(name))) }

const makeBase = (from: Shape, to: Shape, space: Space): unknown => {
  const required = new Set([...requiredOf(from), ...requiredOf(to)])
  const small = lean(from, required)
  const [both] = samplesOf({ allOf: [small, lean(to, required)] }, space, 3)
  return both ?? samplesOf(small, space, 3)[0] ?? samplesOf(from, space, 3)[0]
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
