import type { ApiContent, ApiOperation, ApiResponse } from '../api.ts'
import { groupOf, isGroup } from './group.ts'
import { childOf, type Place } from './place.ts'
import { mediaTypes } from './read-body.ts'
import { readContent, schemaExamples, schemaOf } from './read-content.ts'
import type { Reading } from './reading.ts'

const oldContent = (response: Place, produces: readonly string[], reading: Reading): ApiContent[] => {
  const place = childOf(response, 'schema')
  const schema = schemaOf(place, reading)
  if (schema === null) return []
  const given = groupOf(groupOf(response.value).examples)
  return (produces.length === 0 ? ['application/json'] : produces).map((mediaType) => ({
    mediaType,
    schema,
    examples: [given[mediaType], ...schemaExamples(place, reading)].filter((one) => one !== undefined),
  }))
}

const readHeaders = (response: Place, reading: Reading): ApiResponse['headers'] =>
  Object.fromEntries(
    Object.keys(groupOf(groupOf(response.value).headers)).map((name) => {
      const place = reading.documents.follow(childOf(response, 'headers', name))
      const value = groupOf(place.value)
      const own = reading.dialect === '2' ? place : childOf(place, 'schema')
      const schema = isGroup(own.value) ? reading.schemas.convert(own) : true
      return [name.toLowerCase(), { required: reading.dialect !== '2' && value.required === true, schema }]
    }),
  )

/** A link as it is written; which operation it means is found once all are read. */
export type WrittenLink = ApiOperation['links'][number] & { by: 'id' | 'reference' }

const readLinks = (response: Place, status: string, { documents }: Reading): WrittenLink[] =>
  Object.keys(groupOf(groupOf(response.value).links)).flatMap((name) => {
    const link = groupOf(documents.follow(childOf(response, 'links', name)).value)
    const operation = link.operationId ?? link.operationRef
    if (typeof operation !== 'string') return []
    const parameters = Object.fromEntries(
      Object.entries(groupOf(link.parameters)).map(([key, value]) => [key, String(value)]),
    )
    return [{ status, operation, parameters, by: link.operationId === undefined ? 'reference' : 'id' }]
  })

/** What an operation answers, by status, and the links in it. */
export const readResponses = (operation: Place, root: Place, reading: Reading) => {
  const produces = mediaTypes(operation, root, 'produces')
  const links: WrittenLink[] = []
  const responses = Object.keys(groupOf(groupOf(operation.value).responses)).flatMap((key): ApiResponse[] => {
    if (key.startsWith('x-')) return []
    const place = reading.documents.follow(childOf(operation, 'responses', key))
    const status = key === 'default' ? key : key.toUpperCase()
    if (place.value === undefined) return [{ status, content: [], headers: {} }]
    links.push(...readLinks(place, status, reading))
    const content =
      reading.dialect === '2' ? oldContent(place, produces, reading) : readContent(place, reading)
    return [{ status, content, headers: readHeaders(place, reading) }]
  })
  return { responses, links }
}
