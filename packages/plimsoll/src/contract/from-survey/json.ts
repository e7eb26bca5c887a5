import type { Json } from '../../base/json/json.ts'

export type Group = { [key: string]: Json }

export const isGroup = (value: unknown): value is Group =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A schema of the survey, which is JSON by its making. */
export const schemaIn = (value: unknown): Group | null => (isGroup(value) ? value : null)

/** The same with each key's value changed, at every depth. */
export const mapGroups = (value: Json, change: (group: Group) => Group): Json => {
  if (Array.isArray(value)) return value.map((item) => mapGroups(item, change))
  if (!isGroup(value)) return value
  return change(
    Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mapGroups(inner, change)])),
  )
}
