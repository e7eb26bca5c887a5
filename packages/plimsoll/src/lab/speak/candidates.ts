import type { Route } from '../../model/system.ts'
import { contractBodies } from './contract-body.ts'
import { fromSchema } from './from-schema.ts'
import type { Harvest } from './harvest.ts'
import type { SpeakSources } from './speak.ts'
import { valueForName } from './value-for.ts'

const isRecord = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

/** References to other things take ids that exist. */
const withIds = (value: unknown, harvest: Harvest): unknown => {
  if (Array.isArray(value)) return value.map((item) => withIds(item, harvest))
  if (!isRecord(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, harvest.forField(key) ?? withIds(inner, harvest)]),
  )
}

/** Bodies worth trying for a route, the best-founded first: declared, contract, schema in code, names read, empty. */
export const bodyCandidates = (route: Route, sources: SpeakSources, harvest: Harvest): unknown[] => {
  const { system, project } = sources
  const names = route.reads?.body ?? []
  const found = [
    ...contractBodies(system, project, route.method, route.path),
    route.bodySchema === undefined ? undefined : fromSchema(route.bodySchema, route.bodySchema),
    names.length === 0 ? undefined : Object.fromEntries(names.map((name) => [name, valueForName(name)])),
    {},
  ]
  return found.filter((body) => body !== undefined).map((body) => withIds(body, harvest))
}

/** The path with every parameter filled; null when nothing is known to fill one. */
export const fillPath = (path: string, harvest: Harvest): string | null => {
  let filled = path
  for (const [, name] of path.matchAll(/:(\w+)/g)) {
    const value = name === undefined ? null : harvest.forParameter(path, name)
    if (value === null) return null
    filled = filled.replace(`:${name}`, encodeURIComponent(value))
  }
  return filled
}
