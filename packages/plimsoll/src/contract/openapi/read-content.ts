import type { ApiContent, JsonSchema } from '../api.ts'
import { groupOf, isGroup, listOf } from './group.ts'
import { childOf, type Place } from './place.ts'
import type { Reading } from './reading.ts'

/** Values of `example` and `examples` of a parameter or a media type. */
export const examplesOf = (holder: Place, { documents }: Reading): unknown[] => {
  const { example, examples } = groupOf(holder.value)
  const named = isGroup(examples) ? Object.keys(examples) : []
  const values = named.map((name) => groupOf(documents.follow(childOf(holder, 'examples', name)).value).value)
  const listed = Array.isArray(examples) ? examples : []
  return [example, ...values, ...listed].filter((value) => value !== undefined)
}

/** Those that the schema itself gives. */
export const schemaExamples = (schema: Place, { documents }: Reading): unknown[] => {
  const { example, examples } = groupOf(documents.follow(schema).value)
  return [example, ...listOf(examples)].filter((value) => value !== undefined)
}

export const schemaOf = (schema: Place, { schemas }: Reading): JsonSchema | null =>
  schema.value === undefined || schema.value === null ? null : schemas.convert(schema)

/** `content` of OpenAPI 3: by media type. */
export const readContent = (holder: Place, reading: Reading): ApiContent[] =>
  Object.keys(groupOf(groupOf(holder.value).content)).map((mediaType) => {
    const media = reading.documents.follow(childOf(holder, 'content', mediaType))
    const schema = childOf(media, 'schema')
    return {
      mediaType,
      schema: schemaOf(schema, reading),
      examples: [...examplesOf(media, reading), ...schemaExamples(schema, reading)],
    }
  })
