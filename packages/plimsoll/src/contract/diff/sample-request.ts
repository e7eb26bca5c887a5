import type { ApiOperation, ApiParameter } from '../api.ts'
import { wireForm } from '../generate/wire-form.ts'
import { samplesOf } from './samples.ts'
import type { Space } from './space.ts'

/** A request as one would send it: the path filled, what is required given, by the schemas of the older document. */
export type SampleRequest = {
  method: string
  path: string
  headers?: Record<string, string>
  body?: unknown
}

const sampleValue = (parameter: ApiParameter, space: Space): unknown =>
  samplesOf(space.of('before', parameter.schema), space, 4).find((value) => value !== '' && value !== null) ??
  '1'

const textOf = (parameter: ApiParameter, space: Space): string =>
  wireForm(parameter, sampleValue(parameter, space))
    .map(([, text]) => text)
    .join(',')

export const sampleBody = (
  { body }: ApiOperation,
  space: Space,
): { mediaType: string; value: unknown } | null => {
  const content = body?.content.find(({ schema }) => schema !== null)
  if (content === undefined || content.schema === null) return null
  const [value] = samplesOf(space.of('before', content.schema), space, 4)
  return value === undefined ? null : { mediaType: content.mediaType, value }
}

/** A request that the older document takes, without one of its parameters: `query limit`. */
export const requestWithout = (operation: ApiOperation, left: string | null, space: Space): SampleRequest => {
  const { method, parameters } = operation
  const given = parameters.filter(
    (one) => one.required && `${one.in} ${one.in === 'header' ? one.name.toLowerCase() : one.name}` !== left,
  )
  const path = operation.path.replace(/:(\w+)/g, (whole, name: string) => {
    const parameter = parameters.find((one) => one.in === 'path' && one.name === name)
    return parameter === undefined ? whole : encodeURIComponent(textOf(parameter, space))
  })
  const query = given
    .filter((one) => one.in === 'query')
    .flatMap((one) => wireForm(one, sampleValue(one, space)))
    .map(([name, text]) => `${encodeURIComponent(name)}=${encodeURIComponent(text)}`)
  const headers = Object.fromEntries(
    given.filter((one) => one.in === 'header').map((one) => [one.name.toLowerCase(), textOf(one, space)]),
  )
  const body = operation.body?.required === true ? sampleBody(operation, space) : null
  if (body !== null) headers['content-type'] = body.mediaType
  return {
    method,
    path: query.length === 0 ? path : `${path}?${query.join('&')}`,
    ...(Object.keys(headers).length > 0 && { headers }),
    ...(body !== null && { body: body.value }),
  }
}
