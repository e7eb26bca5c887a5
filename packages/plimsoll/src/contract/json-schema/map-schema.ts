import type { JsonSchema } from '../api.ts'
import { HOLDS } from '../openapi/keywords.ts'

type Shape = Readonly<Record<string, unknown>>

const isShape = (value: unknown): value is Shape =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

/** The schema with every schema in it changed, the innermost first. */
export const mapSchema = (schema: JsonSchema, change: (shape: Shape) => Shape): JsonSchema => {
  const map = (value: unknown): unknown => {
    if (!isShape(value)) return value
    const made: Record<string, unknown> = {}
    for (const [key, held] of Object.entries(value)) {
      const kind = HOLDS.get(key)
      if (kind === 'schema') made[key] = map(held)
      else if (kind === 'list' && Array.isArray(held)) made[key] = held.map(map)
      else if (kind === 'group' && isShape(held))
        made[key] = Object.fromEntries(Object.entries(held).map(([name, one]) => [name, map(one)]))
      else made[key] = held
    }
    return change(made)
  }
  const mapped = map(schema)
  return typeof mapped === 'boolean' || isShape(mapped) ? mapped : true
}
