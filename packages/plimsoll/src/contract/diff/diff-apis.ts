import type { Api, ApiOperation } from '../api.ts'
import { operationOfRequest, routeShape } from '../find-operation.ts'
import type { Change } from './change.ts'
import { diffContents, goneTypes } from './diff-contents.ts'
import { diffParameters, type PartFound } from './diff-parameters.ts'
import { diffResponses } from './diff-responses.ts'
import { diffSecurity } from './diff-security.ts'
import { requestWithout, sampleBody } from './sample-request.ts'
import { openSpace, type Space } from './space.ts'

type Spaces = { request: Space; response: Space }
type Sides = { before: ApiOperation; after: ApiOperation }

const keyOf = ({ method, path }: ApiOperation) => `${method} ${routeShape(path)}`
const nameOf = ({ method, path }: ApiOperation) => `${method} ${path}`

const diffBody = ({ before, after }: Sides, space: Space): PartFound[] => {
  const found: PartFound[] = []
  const part = 'body'
  if (after.body?.required === true && before.body?.required !== true)
    found.push({
      ...{ rule: 'body-required', at: '', part, severity: 'high' },
      what: `a body is required now, and was ${before.body === null ? 'not there' : 'optional'}`,
      witness: {
        as: 'request',
        value: requestWithout(before, null, space),
        refusal: 'the body is missing',
      },
    })
  if (before.body === null || after.body === null) return found
  for (const type of goneTypes(before.body.content, after.body.content))
    found.push({
      ...{ rule: 'media-type-removed', at: '', part, severity: 'high', what: `${type} is no longer taken` },
      witness: {
        as: 'request',
        value: {
          ...requestWithout(before, null, space),
          headers: { 'content-type': type },
          ...(sampleBody(before, space) && { body: sampleBody(before, space)?.value }),
        },
        refusal: `${type} is not among the media types that are taken`,
      },
    })
  return [
    ...found,
    ...diffContents(space, before.body.content, after.body.content).map((one) => ({ ...one, part })),
  ]
}

/** A request to it meets nothing any more; where it meets another operation, that one may answer as well. */
const removed = (operation: ApiOperation, after: Api, space: Space): Change => {
  const request = requestWithout(operation, null, space)
  const met = operationOfRequest(after, request.method, request.path)
  const proved = met === null && !operation.deprecated
  return {
    ...{ rule: 'operation-removed', at: '', operations: [nameOf(operation)], part: '' },
    what: operation.deprecated
      ? 'is gone, as it was announced to be'
      : met === null
        ? 'is gone'
        : `is gone, and ${nameOf(met)} is met instead`,
    severity: proved ? 'high' : 'low',
    witness: proved
      ? { as: 'request', value: request, refusal: 'no operation has this method and path' }
      : null,
    pointers: { before: operation.pointer, after: null },
  }
}

/** Operations whose bodies, or whose answers, hold that definition. */
const alsoUsing = (
  definition: string | null | undefined,
  part: string,
  spaces: Spaces,
  { operations }: Api,
): string[] => {
  const isAnswer = part.startsWith('response')
  if (definition == null || (!isAnswer && part !== 'body')) return []
  const users = (isAnswer ? spaces.response : spaces.request).usersOf(definition)
  return operations
    .filter(({ body, responses }) => {
      const contents = isAnswer ? responses.flatMap(({ content }) => content) : (body?.content ?? [])
      const names = [...JSON.stringify(contents.map(({ schema }) => schema)).matchAll(REFERENCE)]
      return names.some(([, name]) => users.has(name ?? ''))
    })
    .map(nameOf)
}

/** A change in a schema that several operations share is one change. */
const together = (changes: readonly Change[]): Change[] => {
  const groups = new Map<string, Change>()
  for (const change of changes) {
    const side = change.part.startsWith('response') ? 'response' : change.part
    const alone = change.part === '' ? change.operations.join() : ''
    const key = `${change.rule} ${side} ${change.what} ${alone} ${change.witness === null}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { ...change, operations: [...new Set(change.operations)] })
    else group.operations = [...new Set([...group.operations, ...change.operations])]
  }
  return [...groups.values()]
}

const REFERENCE = /#\/\$defs\/([^"]+)"/g

const RANK = { high: 0, medium: 1, low: 2 }

/** What breaks for the clients of one API when it becomes another; the sure and the grave first. */
export const diffApis = (before: Api, after: Api): Change[] => {
  const apis = { before, after }
  const spaces: Spaces = { request: openSpace(apis, 'request'), response: openSpace(apis, 'response') }
  const kept = new Map(after.operations.map((one) => [keyOf(one), one]))
  const changes = before.operations.flatMap((old): Change[] => {
    const fresh = kept.get(keyOf(old))
    if (fresh === undefined) return [removed(old, after, spaces.request)]
    const sides = { before: old, after: fresh }
    const found = [
      ...diffSecurity({ ...sides, apis, request: spaces.request }),
      ...diffParameters({ ...sides, space: spaces.request }),
      ...diffBody(sides, spaces.request),
      ...diffResponses({ ...sides, ...spaces }),
    ]
    const pointers = { before: old.pointer, after: fresh.pointer }
    return found.map(({ definition, ...one }) => ({
      ...one,
      operations: [nameOf(fresh), ...alsoUsing(definition, one.part, spaces, before)],
      pointers,
    }))
  })
  return together(changes).sort(
    (a, b) => Number(a.witness === null) - Number(b.witness === null) || RANK[a.severity] - RANK[b.severity],
  )
}
