import { z } from 'zod'
import { nearest } from '../base/text/nearest.ts'
import { Config } from '../model/config.ts'

type Issue = z.core.$ZodIssue

const pathOf = (path: readonly PropertyKey[]) =>
  path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`
    return text === '' ? String(part) : `${text}.${String(part)}`
  }, '')

/** Keys that are allowed where an unknown one was found, read from the schema itself. */
const keysAt = (path: readonly PropertyKey[]): string[] => {
  let at: unknown = z.toJSONSchema(Config, { unrepresentable: 'any' })
  for (const part of ['', ...path]) {
    if (part === '') continue
    if (at === null || typeof at !== 'object') return []
    if (typeof part === 'number') at = 'items' in at ? at.items : null
    else {
      const named =
        'properties' in at ? new Map(Object.entries(at.properties ?? {})).get(String(part)) : undefined
      at = named ?? ('additionalProperties' in at ? at.additionalProperties : null)
    }
  }
  return at !== null && typeof at === 'object' && 'properties' in at ? Object.keys(at.properties ?? {}) : []
}

const unknownKey = (key: string, path: readonly PropertyKey[]) => {
  const keys = keysAt(path)
  const meant = nearest(key, keys)
  const help = meant === null ? `known keys: ${keys.join(', ')}` : `did you mean "${meant}"?`
  return `"${pathOf([...path, key])}" is not a key (${help})`
}

const valueAt = (given: unknown, path: readonly PropertyKey[]) =>
  path.reduce<unknown>((value, part) => {
    if (value === null || typeof value !== 'object') return undefined
    return new Map<PropertyKey, unknown>(Object.entries(value)).get(String(part))
  }, given)

const explain = (issue: Issue, given: unknown): string => {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => unknownKey(key, issue.path)).join('; ')
  }
  const value = valueAt(given, issue.path)
  const shown = value === undefined ? '' : `, not ${JSON.stringify(value)}`
  const wanted = issue.code === 'invalid_union' ? 'has none of the forms it may have' : issue.message
  const where = issue.path.length === 0 ? 'it' : `"${pathOf(issue.path)}"`
  return `${where}: ${wanted.replace(/, received .*$/, '')}${shown}`
}

/** What is wrong in a configuration, each with the path of its key. */
export const explainConfig = (issues: readonly Issue[], given: unknown): string =>
  issues.map((issue) => explain(issue, given)).join('; ')
