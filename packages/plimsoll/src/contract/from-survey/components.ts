import type { Json } from '../../base/json/json.ts'
import { type Group, isGroup, mapGroups } from './json.ts'
import { freeName } from './names.ts'

/** What many operations share: each schema under one name, the same one once. */
export type Components = {
  /** a schema that stands by itself, with its `$defs` moved to the components */
  hoist(schema: Group): Group
  /** gives the reference */
  add(name: string, schema: Json): Group
  readonly schemas: ReadonlyMap<string, Json>
}

const DEFS = '#/$defs/'

const renamed = (schema: Json, names: ReadonlyMap<string, string>): Json =>
  mapGroups(schema, (group) => {
    const { $ref } = group
    const name =
      typeof $ref === 'string' && $ref.startsWith(DEFS) ? names.get($ref.slice(DEFS.length)) : undefined
    return name === undefined ? group : { ...group, $ref: `#/components/schemas/${name}` }
  })

export const createComponents = (): Components => {
  const schemas = new Map<string, Json>()
  /** as they were before their references were rewritten, with what those lead to */
  const known = new Map<string, ReadonlyMap<string, string>>()

  const namesOf = ($defs: Group): ReadonlyMap<string, string> => {
    const text = JSON.stringify($defs)
    const before = known.get(text)
    if (before !== undefined) return before
    const names = new Map<string, string>()
    const taken = new Set(schemas.keys())
    for (const name of Object.keys($defs)) {
      const free = freeName(name, taken)
      taken.add(free)
      names.set(name, free)
    }
    for (const [name, schema] of Object.entries($defs)) {
      const own = renamed(schema, names)
      const wanted = names.get(name) ?? name
      const same = schemas.get(name)
      if (same !== undefined && JSON.stringify(same) === JSON.stringify(own)) names.set(name, name)
      else schemas.set(wanted, own)
    }
    known.set(text, names)
    return names
  }

  return {
    schemas,
    hoist: (schema) => {
      const { $defs, ...rest } = schema
      if (!isGroup($defs)) return schema
      const own = renamed(rest, namesOf($defs))
      return isGroup(own) ? own : rest
    },
    add: (name, schema) => {
      schemas.set(name, schema)
      return { $ref: `#/components/schemas/${name}` }
    },
  }
}
