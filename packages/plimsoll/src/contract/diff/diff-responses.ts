import type { ApiOperation, ApiResponse } from '../api.ts'
import { diffContents, goneTypes } from './diff-contents.ts'
import type { PartFound } from './diff-parameters.ts'
import { requestWithout, type SampleRequest } from './sample-request.ts'
import { samplesOf } from './samples.ts'
import type { Space } from './space.ts'

type Sides = { before: ApiOperation; after: ApiOperation; request: Space; response: Space }

const isSuccess = ({ status }: ApiResponse) => /^[23]/.test(status)

/** The response that a document means for a status: its own, that of its class, or the default one. */
const responseFor = (responses: readonly ApiResponse[], status: string): ApiResponse | undefined =>
  responses.find((one) => one.status === status) ??
  responses.find((one) => one.status === `${status[0]}XX`) ??
  responses.find((one) => one.status === 'default')

const sampleAnswer = ({ status, content }: ApiResponse, space: Space): unknown => {
  const [media] = content
  const [body] = media?.schema == null ? [] : samplesOf(space.of('after', media.schema), space, 2)
  return {
    status: status.replace('XX', '00'),
    ...(media !== undefined && { 'content-type': media.mediaType }),
    ...(body !== undefined && { body }),
  }
}

/** A status of success that clients wait for is gone: what comes instead is something that they do not know. */
const diffStatuses = ({ before, after, response }: Sides): PartFound[] => {
  if (after.responses.length === 0) return []
  const gone = before.responses.filter(
    (one) => isSuccess(one) && responseFor(after.responses, one.status) === undefined,
  )
  const fresh = after.responses.find(
    (one) => isSuccess(one) && responseFor(before.responses, one.status) === undefined,
  )
  return gone.map(({ status }) => ({
    rule: 'status-changed',
    at: '',
    part: `response ${status}`,
    what: fresh === undefined ? `${status} is gone` : `${status} is gone, and ${fresh.status} is new`,
    severity: fresh === undefined ? 'low' : 'high',
    witness:
      fresh === undefined
        ? null
        : {
            as: 'response',
            value: sampleAnswer(fresh, response),
            refusal: `${fresh.status} is not among the answers that were documented`,
          },
  }))
}

const diffTypes = (old: ApiResponse, fresh: ApiResponse, { before, request }: Sides): PartFound[] =>
  goneTypes(old.content, fresh.content).map((type): PartFound => {
    const sample: SampleRequest = requestWithout(before, null, request)
    return {
      rule: 'media-type-removed',
      at: '',
      part: `response ${old.status}`,
      what: `${type} is no longer answered`,
      severity: 'high',
      witness: {
        as: 'request',
        value: { ...sample, headers: { ...sample.headers, accept: type } },
        refusal: `no answer ${old.status} is ${type}`,
      },
    }
  })

const diffHeaders = (old: ApiResponse, fresh: ApiResponse): PartFound[] =>
  Object.entries(old.headers)
    .filter(([name, { required }]) => required && fresh.headers[name]?.required !== true)
    .map(([name]) => ({
      rule: 'header-removed',
      at: '',
      part: `response ${old.status}`,
      what: `the header ${name} was always there, and may be missing now`,
      severity: 'medium',
      witness: {
        as: 'response',
        value: { status: fresh.status, headers: {} },
        refusal: `the header ${name} is missing`,
      },
    }))

const diffBodies = (old: ApiResponse, fresh: ApiResponse, space: Space): PartFound[] => {
  const part = `response ${old.status}`
  if (old.content.length > 0 && fresh.content.length === 0 && isSuccess(old))
    return [{ rule: 'field-removed', at: '', part, what: 'the body is gone', severity: 'low', witness: null }]
  return diffContents(space, old.content, fresh.content).map((one) => ({ ...one, part }))
}

/** What breaks in the answers of an operation. New statuses and fields are additions. */
export const diffResponses = (sides: Sides): PartFound[] => [
  ...diffStatuses(sides),
  ...sides.before.responses.flatMap((old) => {
    const fresh = sides.after.responses.find((one) => one.status === old.status)
    if (fresh === undefined) return []
    return [
      ...diffTypes(old, fresh, sides),
      ...diffHeaders(old, fresh),
      ...diffBodies(old, fresh, sides.response),
    ]
  }),
]
