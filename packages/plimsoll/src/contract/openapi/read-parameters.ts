import type { ApiParameter, JsonSchema } from '../api.ts'
import { type Group, groupOf, listOf } from './group.ts'
import { childOf, type Place } from './place.ts'
import { examplesOf, schemaExamples, schemaOf } from './read-content.ts'
import type { Reading } from './reading.ts'

/** Each once: an operation's own come before those of its path. */
export const parameterPlaces = (
  item: Place,
  operation: Place,
  { documents, complain }: Reading,
): (Place & { value: Group })[] => {
  const found = new Map<string, Place & { value: Group }>()
  for (const holder of [operation, item]) {
    for (const [index] of listOf(groupOf(holder.value).parameters).entries()) {
      const place = documents.follow(childOf(holder, 'parameters', index))
      const value = groupOf(place.value)
      if (place.value === undefined) continue
      if (typeof value.name !== 'string' || typeof value.in !== 'string') {
        complain(place, 'is no parameter: it lacks a name or where it stands')
        continue
      }
      const key = `${value.in} ${value.name}`
      if (!found.has(key)) found.set(key, { ...place, value })
    }
  }
  return [...found.values()]
}

const PLACES = ['path', 'query', 'header', 'cookie'] as const
const isPlace = (value: unknown): value is ApiParameter['in'] => PLACES.some((one) => one === value)

/** OpenAPI 3 says of these headers elsewhere, and that a parameter of their name counts for nothing. */
const SAID_ELSEWHERE = new Set(['accept', 'content-type', 'authorization'])

const COLLECTIONS: Record<string, [style: string, explode: boolean]> = {
  multi: ['form', true],
  ssv: ['spaceDelimited', false],
  tsv: ['tabDelimited', false],
  pipes: ['pipeDelimited', false],
}

/** The name of a path parameter is not on the wire: it is written as the path writes it. */
export const pathName = (name: string) => name.replace(/\W+/g, '_')

const plainStyle = (where: ApiParameter['in']) =>
  where === 'query' || where === 'cookie' ? 'form' : 'simple'

const writtenAs = (value: Group, where: ApiParameter['in'], dialect: Reading['dialect']) => {
  if (dialect === '2') {
    const [style, explode] = COLLECTIONS[String(value.collectionFormat)] ?? [plainStyle(where), false]
    return { style, explode }
  }
  const style = typeof value.style === 'string' ? value.style : plainStyle(where)
  return { style, explode: typeof value.explode === 'boolean' ? value.explode : style === 'form' }
}

const NOT_SCHEMA = new Set(['name', 'in', 'required', 'collectionFormat', 'allowEmptyValue', 'examples'])

/** In OpenAPI 2 a parameter that is no body is its own schema. */
export const ownSchema = (place: Place & { value: Group }): Place => ({
  ...place,
  value: Object.fromEntries(Object.entries(place.value).filter(([key]) => !NOT_SCHEMA.has(key))),
})

const schemaPlace = (place: Place & { value: Group }, dialect: Reading['dialect']) => {
  if (dialect === '2') return { schema: ownSchema(place), style: null }
  if (place.value.schema !== undefined) return { schema: childOf(place, 'schema'), style: null }
  const [mediaType] = Object.keys(groupOf(place.value.content))
  return mediaType === undefined
    ? { schema: null, style: null }
    : { schema: childOf(place, 'content', mediaType, 'schema'), style: 'json' }
}

const readParameter = (place: Place & { value: Group }, reading: Reading): ApiParameter[] => {
  const { value } = place
  const where = value.in
  if (!isPlace(where)) return []
  const name = String(value.name)
  if (reading.dialect !== '2' && where === 'header' && SAID_ELSEWHERE.has(name.toLowerCase())) return []
  const { schema, style } = schemaPlace(place, reading.dialect)
  const read: JsonSchema | null = schema === null ? null : schemaOf(schema, reading)
  return [
    {
      name: where === 'path' ? pathName(name) : name,
      in: where,
      required: where === 'path' || value.required === true,
      schema: read ?? true,
      ...writtenAs(value, where, reading.dialect),
      ...(style !== null && { style }),
      examples: [
        ...examplesOf(place, reading),
        ...(schema === null || reading.dialect === '2' ? [] : schemaExamples(schema, reading)),
      ],
    },
  ]
}

/** Those of the query, headers, cookies and the path; one that only the path names is added. */
export const readParameters = (
  places: readonly (Place & { value: Group })[],
  path: string,
  reading: Reading,
): ApiParameter[] => {
  const read = places.flatMap((place) => readParameter(place, reading))
  const named = [...path.matchAll(/:(\w+)/g)].flatMap(([, name]) => (name === undefined ? [] : [name]))
  const missing = named.filter((name) => !read.some((one) => one.in === 'path' && one.name === name))
  return [
    ...read,
    ...missing.map(
      (name): ApiParameter => ({
        ...{ name, in: 'path', required: true, schema: true },
        ...{ style: 'simple', explode: false, examples: [] },
      }),
    ),
  ]
}
