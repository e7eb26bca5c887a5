import { isSchema, type Schema } from '../schemas/schema.ts'
import type { Part } from './sources.ts'

export const PARTS: readonly Part[] = ['body', 'query', 'params', 'headers']

/** What is checked of each part of a request; several checks all hold. */
export type Checked = { readonly [part in Part]?: readonly Schema[] }

/** The words that libraries and the code of apps have for them. */
const WORDS: Readonly<Record<string, Part>> = {
  body: 'body',
  query: 'query',
  querystring: 'query',
  queryParams: 'query',
  params: 'params',
  param: 'params',
  headers: 'headers',
  header: 'headers',
}

export const partOf = (word: string): Part | null =>
  Object.hasOwn(WORDS, word) ? (WORDS[word] ?? null) : null

export const addChecked = (...all: readonly Checked[]): Checked =>
  Object.fromEntries(
    PARTS.flatMap((part) => {
      const schemas = all.flatMap((each) => each[part] ?? [])
      return schemas.length === 0 ? [] : [[part, schemas]]
    }),
  )

/** The schema of a whole request, as one for each of its parts; none where it is of something else. */
export const splitRequest = (schema: Schema): Checked => {
  const properties = isSchema(schema.properties) ? schema.properties : {}
  const { $defs } = schema
  return addChecked(
    ...Object.entries(properties).map(([name, inner]): Checked => {
      const part = partOf(name)
      if (part === null || !isSchema(inner) || Object.keys(inner).length === 0) return {}
      return { [part]: [$defs === undefined ? inner : { ...inner, $defs }] }
    }),
  )
}

/** `user.email` of the body: an object with that property. */
export const nested = (path: readonly string[], schema: Schema): Schema =>
  path.reduceRight<Schema>((inner, name) => {
    const { $defs, ...rest } = inner
    const outer: Schema = { type: 'object', properties: { [name]: rest }, required: [name] }
    return $defs === undefined ? outer : { ...outer, $defs }
  }, schema)

const MERGED = new Set(['type', 'properties', 'required'])

const isOpenObject = (schema: Schema) =>
  schema.type === 'object' && Object.keys(schema).every((keyword) => MERGED.has(keyword))

const mergeTwo = (left: Schema, right: Schema): Schema => {
  const [first, second] = [left, right].map(({ properties }) => (isSchema(properties) ? properties : {}))
  const required = [left, right].flatMap((each) => (Array.isArray(each.required) ? each.required : []))
  const properties = { ...first }
  for (const [name, schema] of Object.entries(second ?? {}))
    properties[name] = {
      ...(isSchema(properties[name]) ? properties[name] : {}),
      ...(isSchema(schema) ? schema : {}),
    }
  return {
    type: 'object',
    properties,
    ...(required.length > 0 ? { required: [...new Set(required)] } : {}),
  }
}

/** One schema for what several check. */
export const joined = (schemas: readonly Schema[]): Schema | undefined => {
  const all = [...new Map(schemas.map((schema) => [JSON.stringify(schema), schema])).values()]
  const [first, ...rest] = all
  if (first === undefined || rest.length === 0) return first
  if (all.every(isOpenObject)) return rest.reduce(mergeTwo, first)
  const parts = all.filter((schema) => schema.$defs === undefined)
  return all.length === parts.length ? { allOf: all } : first
}
