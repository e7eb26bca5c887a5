import { withKey } from '../../lab/idempotency/key.ts'
import type { RequestOptions } from '../../lab/lab.ts'
import type { Operation } from '../../lab/operations/operation.ts'
import { freeze } from '../../lab/operations/operation.ts'
import type { Profile } from '../../lab/operations/profile.ts'
import { freshenValue } from '../../lab/speak/freshen.ts'
import { aboutTheSame } from './about-the-same.ts'
import { findOtherKey, pathOnSameRow } from './other-key.ts'
import { accepts, type Ground, type Requests, send } from './trial.ts'

/** Two requests and the state they meet. */
export type Situation = {
  /** in words: `twice the same`, `the last one left`, `amount 100` */
  name: string
  /** sent one after the other first */
  before: RequestOptions[]
  requests: Requests
  /** both requests are the same */
  same: boolean
  /** they are about different rows, or do different things */
  apart: boolean
}

const REPEATS = 12

const isRecord = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

type Again = (request: RequestOptions) => RequestOptions

/** The same request once more; a key that makes the app know a repeat is another one each time. */
const againOf =
  ({ lab }: Ground, { known: { idempotencyKey: key } }: Operation): Again =>
  (request) => {
    if (key === undefined) return request
    const fields = key.in === 'header' ? request.headers : request.body
    const carries = isRecord(fields) && Object.keys(fields).some((name) => isSameName(name, key.name))
    return carries ? withKey(request, key, String(freshenValue('{{uuid}}', lab.random))) : request
  }

const isSameName = (a: string, b: string) => a.toLowerCase() === b.toLowerCase()

const twice = (
  name: string,
  request: RequestOptions,
  again: Again,
  before: RequestOptions[] = [],
): Situation => ({
  name,
  before,
  requests: { A: request, B: again(request) },
  same: true,
  apart: false,
})

/** How often the request is accepted in a row; null when it was not refused in the end, or for going too fast. */
const countAccepted = async (
  ground: Ground,
  request: RequestOptions,
  again: Again,
): Promise<number | null> => {
  if (!(await ground.controlled.checkpoint.restore())) return null
  for (let times = 0; times < REPEATS && !ground.signal.aborted; times += 1) {
    const exchange = await send(ground, again(request))
    if (accepts(exchange)) continue
    return exchange.status !== null && exchange.status < 500 && exchange.status !== 429 ? times : null
  }
  return null
}

const numericFields = ({ body }: RequestOptions): string[] =>
  isRecord(body) ? Object.keys(body).filter((key) => typeof body[key] === 'number') : []

const withField = (request: RequestOptions, field: string, value: unknown): RequestOptions => ({
  ...request,
  body: isRecord(request.body) ? { ...request.body, [field]: value } : request.body,
})

const takes = async (ground: Ground, request: RequestOptions): Promise<boolean> =>
  (await ground.controlled.checkpoint.restore()) && accepts(await send(ground, request))

/** The largest amount that is accepted once, where there is one: after it nothing is left for a second. */
const largestAmount = async (
  ground: Ground,
  request: RequestOptions,
  field: string,
): Promise<number | null> => {
  let taken = 0
  let refused = 0
  for (let value = 1; value <= 1_000_000 && refused === 0; value *= 10) {
    if (ground.signal.aborted) return null
    if (await takes(ground, withField(request, field, value))) taken = value
    else refused = value
  }
  if (taken === 0 || refused === 0) return null
  while (refused - taken > 1 && !ground.signal.aborted) {
    const middle = Math.floor((taken + refused) / 2)
    if (await takes(ground, withField(request, field, middle))) taken = middle
    else refused = middle
  }
  return taken
}

/** States in which one more is accepted, and only one. */
const boundaries = async (ground: Ground, request: RequestOptions, again: Again): Promise<Situation[]> => {
  const times = await countAccepted(ground, request, again)
  if (times === 1) return []
  if (times !== null && times > 1) {
    const before = Array.from({ length: times - 1 }, () => again(request))
    return [twice('one is left', request, again, before)]
  }
  for (const field of numericFields(request).slice(0, 3)) {
    const amount = await largestAmount(ground, request, field)
    if (amount === null || amount <= 1) continue
    const most = withField(request, field, amount)
    if ((await countAccepted(ground, most, again)) === 1)
      return [twice(`${field} ${amount}, which is all there is`, most, again)]
  }
  return []
}

/** Each changes a field of its own: what is lost then was never the other one's to change. */
const splitFields = ({ method, body, ...rest }: RequestOptions): Situation[] => {
  if ((method !== 'PATCH' && method !== 'PUT') || !isRecord(body)) return []
  const [first, second] = Object.keys(body)
  if (first === undefined || second === undefined) return []
  const changed = (key: string): RequestOptions => {
    const value = body[key]
    const other =
      typeof value === 'number' ? value + 1 : typeof value === 'string' ? `${value} changed` : value
    return { ...rest, method, body: { [key]: other } }
  }
  const requests = { A: changed(first), B: changed(second) }
  return [{ name: `${first} and ${second}, each by one`, before: [], requests, same: false, apart: false }]
}

/** The same operation on two different things. */
const onTwoRows = async (ground: Ground, operation: Operation, profile: Profile): Promise<Situation[]> => {
  const other = await findOtherKey(ground, operation, profile)
  if (other === null) return []
  const requests = { A: operation.request, B: { ...operation.request, path: other.path } }
  return [{ name: `on two things (${other.shown})`, before: [], requests, same: false, apart: true }]
}

const differently = ({ lab }: Ground, operation: Operation): Situation[] => {
  const again = freeze(operation.known, lab.random).request
  if (JSON.stringify(again) === JSON.stringify(operation.request)) return []
  const requests = { A: operation.request, B: again }
  return [{ name: 'with different values', before: [], requests, same: false, apart: false }]
}

/** Ways in which one operation may meet itself, the plainest first. */
export const selfSituations = async (
  ground: Ground,
  operation: Operation,
  profile: Profile,
): Promise<Situation[]> => [
  twice('the same request twice', operation.request, againOf(ground, operation)),
  ...(await boundaries(ground, operation.request, againOf(ground, operation))),
  ...splitFields(operation.request),
  ...(await onTwoRows(ground, operation, profile)),
  ...differently(ground, operation),
]

type Side = { operation: Operation; profile: Profile }

const cross = (name: string, A: RequestOptions, B: RequestOptions): Situation => ({
  name,
  before: [],
  requests: { A, B },
  same: false,
  apart: true,
})

/** Two different operations meet as they are, about the same things, and on the row that either of them is about. */
export const crossSituations = (a: Side, b: Side): Situation[] => {
  const { request: first } = a.operation
  const { request: second } = b.operation
  const movedFirst = pathOnSameRow(a, b)
  const movedSecond = pathOnSameRow(b, a)
  const likeFirst = aboutTheSame(first, second)
  const likeSecond = aboutTheSame(second, first)
  return [
    ...(movedFirst === null ? [] : [cross('on the same row', { ...first, path: movedFirst }, second)]),
    ...(movedSecond === null ? [] : [cross('on the same row', first, { ...second, path: movedSecond })]),
    ...(likeFirst === null ? [] : [cross('about the same thing', first, likeFirst)]),
    ...(likeSecond === null ? [] : [cross('about the same thing', likeSecond, second)]),
    cross('as it is', first, second),
  ]
}
