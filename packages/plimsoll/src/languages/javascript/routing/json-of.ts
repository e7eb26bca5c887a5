import type { Json } from '../../../base/json/json.ts'
import { schemaIn } from '../code/builtins/fluent-schema.ts'
import type { Value, World } from '../code/code.ts'

const DEEPEST = 12

/** The JSON that a value certainly is; undefined when any part of it is not known. */
export const jsonOf = (world: World, given: Value, depth = 0): Json | undefined => {
  const value = schemaIn(given)
  if (depth > DEEPEST) return undefined
  if (value.kind === 'constant') {
    return typeof value.value === 'bigint' || value.value === undefined ? undefined : value.value
  }
  if (value.kind === 'list') {
    const items = (world.items(value) ?? []).map((item) => jsonOf(world, item, depth + 1))
    return value.open || items.includes(undefined) ? undefined : items.filter((item) => item !== undefined)
  }
  const fields = world.fields(value)
  if (fields === null) return undefined
  const entries = [...fields].map(([key, inner]) => [key, jsonOf(world, inner, depth + 1)] as const)
  if (entries.some(([, inner]) => inner === undefined)) return undefined
  return Object.fromEntries(entries.flatMap(([key, inner]) => (inner === undefined ? [] : [[key, inner]])))
}
