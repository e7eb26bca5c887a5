import type { Api, ApiOperation, JsonSchema } from '../../contract/api.ts'
import { operationOfRoute } from '../../contract/find-operation.ts'
import type { KnownRequest, Lab } from '../../lab/lab.ts'
import { changesData, switchesOff } from '../../lab/speak/changing-reads.ts'
import type { Route } from '../../model/system.ts'

/** One operation as it is tried. */
export type Operation = {
  /** `POST /orders/:id`, as the survey or the document writes it */
  label: string
  described: ApiOperation
  /** the app's own document describes it: its promises count */
  own: boolean
  /** null where no request is known that it accepts */
  known: KnownRequest | null
  /** where it is registered; null where the survey did not find it */
  route: Route | null
  /** `account` and `session`: what they do to accounts and logins may leave us outside, so they come last */
  role: 'read' | 'write' | 'delete' | 'account' | 'session'
}

const SESSION =
  /\/(log-?out|sign-?out|logoff|log-?in|sign-?in|password|passwd|change-?password|reset-?password|forgot-?password|refresh(?:-?token)?|revoke|sessions?|tokens?|2fa|mfa|otp)(\/|$)/i
const OWN_ACCOUNT = /\/(me|self|account|profile|user)$/i

const takesPassword = ({ body }: ApiOperation, known: KnownRequest | null) =>
  /"(new_?)?pass(word|wd)?"/i.test(
    JSON.stringify([body?.content.map(({ schema }) => schema) ?? [], known?.request.body ?? null]),
  )

const roleOf = (described: ApiOperation, known: KnownRequest | null): Operation['role'] => {
  const { method, path } = described
  if (method === 'GET') return 'read'
  if (SESSION.test(path)) return 'session'
  if (method === 'DELETE') return OWN_ACCOUNT.test(path) ? 'session' : 'delete'
  const isChange = method === 'PUT' || method === 'PATCH'
  return isChange && (OWN_ACCOUNT.test(path) || takesPassword(described, known)) ? 'account' : 'write'
}

const ORDER: readonly Operation['role'][] = ['read', 'write', 'delete', 'account', 'session']
const OF_PEOPLE = /\/(users?|accounts?|members?|customers?)\/:\w+$/i

/** What a value looks like, where nobody says what it must be. */
const schemaLike = (value: unknown): JsonSchema => {
  if (Array.isArray(value)) return { type: 'array', ...(value.length > 0 && { items: schemaLike(value[0]) }) }
  if (value === null || typeof value !== 'object')
    return value === null ? true : { type: Number.isInteger(value) ? 'number' : typeof value }
  return {
    type: 'object',
    properties: Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, schemaLike(inner)])),
  }
}

const isTree = (value: unknown) => value !== null && typeof value === 'object' && !Buffer.isBuffer(value)

/** An operation of which only a working request is known, told by that request. */
const fromKnown = ({ route, request }: KnownRequest): ApiOperation => ({
  id: null,
  method: route.method,
  path: route.path,
  parameters: [...route.path.matchAll(/:(\w+)/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    schema: true,
    style: 'simple',
    explode: false,
    examples: [],
  })),
  body: isTree(request.body)
    ? {
        required: false,
        content: [{ mediaType: 'application/json', schema: schemaLike(request.body), examples: [] }],
      }
    : null,
  responses: [],
  security: null,
  links: [],
  deprecated: false,
  pointer: '',
})

const labelOf = ({ method, path }: Pick<Route, 'method' | 'path'>) => `${method} ${path}`

const isStream = ({ responses }: ApiOperation) =>
  responses.some(({ content }) => content.some(({ mediaType }) => /event-stream/.test(mediaType)))

const TRIED = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])

/** A call that its name says to undo or switch off what everything else needs. */
const isLeftOut = (route: Pick<Route, 'method' | 'path' | 'handler'>, known: KnownRequest | null) =>
  switchesOff({ ...bare, ...route }) || (known === null && changesData({ ...bare, ...route }))

const bare: Route = {
  method: 'GET',
  path: '/',
  place: { file: '', line: 1 },
  handler: { name: null, place: null },
  middlewares: [],
  guard: 'unknown',
  validator: 'unknown',
  framework: '',
}

/** A described operation without a schema for its body is told by the request that works. */
const withBody = (described: ApiOperation, known: KnownRequest | null): ApiOperation => {
  const bare = described.body === null || described.body.content.every(({ schema }) => schema === null)
  if (!bare || known === null || !isTree(known.request.body)) return described
  return { ...described, body: fromKnown(known).body }
}

/** Everything that can be tried: what the document describes, then what is known to work beside it. */
export const operationsOf = (lab: Pick<Lab, 'api' | 'known' | 'service'>): Operation[] => {
  const api: Api | null = lab.api ?? null
  const own = api !== null && api.from.kind !== 'survey'
  const knownOf = (operation: ApiOperation) =>
    lab.known.find(({ route }) => api !== null && operationOfRoute(api, route) === operation) ?? null
  const described = (api?.operations ?? []).map((one): Operation => {
    const known = knownOf(one)
    const route =
      known?.route ??
      lab.service.routes.find((candidate) => api !== null && operationOfRoute(api, candidate) === one) ??
      null
    return {
      label: labelOf(route === null || route.method === 'ANY' ? one : route),
      described: own ? one : withBody(one, known),
      own,
      known,
      route,
      role: roleOf(one, known),
    }
  })
  const labels = new Set(described.map(({ label }) => label))
  const beside = lab.known
    .filter(({ route }) => api === null || operationOfRoute(api, route) === null)
    .filter(
      ({ route }, index, all) => all.findIndex((one) => labelOf(one.route) === labelOf(route)) === index,
    )
    .filter(({ route }) => !labels.has(labelOf(route)))
    .map(
      (known): Operation => ({
        label: labelOf(known.route),
        described: fromKnown(known),
        own: false,
        known,
        route: known.route,
        role: roleOf(fromKnown(known), known),
      }),
    )
  return [...described, ...beside]
    .filter(({ described: { method } }) => TRIED.has(method))
    .filter(({ described: one }) => !isStream(one))
    .filter(
      ({ route, described: one, known }) =>
        !isLeftOut(route ?? { ...bare, method: one.method, path: one.path }, known),
    )
    .sort(
      (a, b) =>
        ORDER.indexOf(a.role) - ORDER.indexOf(b.role) ||
        Number(OF_PEOPLE.test(a.label)) - Number(OF_PEOPLE.test(b.label)),
    )
}
