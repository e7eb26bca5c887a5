import type { ApiContent, ApiOperation } from '../api.ts'
import { type Group, groupOf, listOf } from './group.ts'
import { childOf, type Place } from './place.ts'
import { readContent, schemaExamples, schemaOf } from './read-content.ts'
import { ownSchema } from './read-parameters.ts'
import type { Reading } from './reading.ts'

type Parameter = Place & { value: Group }

export const mediaTypes = (operation: Place, root: Place, key: 'consumes' | 'produces'): string[] => {
  const own = groupOf(operation.value)[key] ?? groupOf(root.value)[key]
  return listOf(own).filter((one) => typeof one === 'string')
}

const orJson = (types: string[]) => (types.length === 0 ? ['application/json'] : types)

const FORMS = ['multipart/form-data', 'application/x-www-form-urlencoded']

const formBody = (fields: readonly Parameter[], types: readonly string[], reading: Reading) => {
  const properties = Object.fromEntries(
    fields.map((field) => [String(field.value.name), schemaOf(ownSchema(field), reading) ?? true]),
  )
  const required = fields
    .filter(({ value }) => value.required === true)
    .map(({ value }) => String(value.name))
  const schema = { type: 'object', properties, ...(required.length > 0 && { required }) }
  const fits = types.filter((type) => FORMS.includes(type))
  const usual = fields.some(({ value }) => value.type === 'file') ? FORMS[0] : FORMS[1]
  const content = (fits.length > 0 ? fits : [String(usual)]).map((mediaType) => ({
    ...{ mediaType, schema, examples: [] },
  }))
  return { required: required.length > 0, content }
}

/** OpenAPI 2 keeps the body among the parameters. */
export const readOldBody = (
  operation: Place,
  root: Place,
  parameters: readonly Parameter[],
  reading: Reading,
): ApiOperation['body'] => {
  const types = mediaTypes(operation, root, 'consumes')
  const fields = parameters.filter(({ value }) => value.in === 'formData')
  if (fields.length > 0) return formBody(fields, types, reading)
  const body = parameters.find(({ value }) => value.in === 'body')
  if (body === undefined) return null
  const place = childOf(body, 'schema')
  const schema = schemaOf(place, reading)
  const examples = schemaExamples(place, reading)
  const content = orJson(types).map((mediaType): ApiContent => ({ mediaType, schema, examples }))
  return { required: body.value.required === true, content }
}

export const readBody = (operation: Place, reading: Reading): ApiOperation['body'] => {
  if (groupOf(operation.value).requestBody === undefined) return null
  const place = reading.documents.follow(childOf(operation, 'requestBody'))
  if (place.value === undefined) return null
  return { required: groupOf(place.value).required === true, content: readContent(place, reading) }
}
