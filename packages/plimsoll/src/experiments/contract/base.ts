import { parseJson } from '../../base/json/parse-json.ts'
import { plain } from '../../contract/generate/shape.ts'
import { sampleValid } from '../../contract/generate/values.ts'
import { wireForm } from '../../contract/generate/wire-form.ts'
import type { RequestOptions } from '../../lab/lab.ts'
import { fillPaths } from '../../lab/speak/fill-path.ts'
import { isSuccess } from '../../lab/speak/observe.ts'
import { withReferences } from '../../lab/speak/references.ts'
import { examine, isFailure, ordinary } from './examine.ts'
import type { Operation } from './operations.ts'
import { bodySchema, partsOf } from './parts.ts'
import { putPart } from './put-part.ts'
import type { Input } from './seen.ts'
import type { Answer } from './send.ts'
import type { Trial } from './trial.ts'

/** A request that the operation accepts, and what it answered last. */
export type Base = { request: RequestOptions; answer: Answer }

const BODIES = 3

/** What made the account, or logged it in: an answer that leads elsewhere is none of those that are known to work. */
const entryOf = ({ lab }: Trial, { route }: Operation): RequestOptions | null =>
  [lab.entry?.register, lab.entry?.login].find(
    (one) => route !== null && one?.route.path === route.path && one.route.method === route.method,
  )?.request ?? null

/** The request that is known now: its session may have been renewed since. */
const knownNow = (trial: Trial, operation: Operation): RequestOptions | null => {
  const { known } = operation
  if (known === null) return entryOf(trial, operation)
  const { method, path } = known.route
  return (
    trial.lab.known.find(({ route }) => route.method === method && route.path === path)?.request ??
    known.request
  )
}

const REDIRECTS: ReadonlySet<number | null> = new Set([301, 302, 303, 307, 308])
const TO_LOGIN = /log-?in|sign-?in|error|fail/i
const TO_FORM = /regist|sign-?up|error|fail/i

/** Pages answer what they took in by leading on; whoever is not let in is led to the login. */
const isAccepted = ({ lab }: Trial, { route }: Operation, { exchange }: Answer): boolean => {
  const registers = route !== null && lab.entry?.register?.route.path === route.path
  const { location = 'error' } = exchange.headers
  return (
    isSuccess(exchange) ||
    (REDIRECTS.has(exchange.status) && !(registers ? TO_FORM : TO_LOGIN).test(location))
  )
}

const headersOf = ({ lab }: Trial): RequestOptions => {
  const headers =
    lab.accounts[0]?.headers ?? lab.known.find(({ request }) => request.headers)?.request.headers
  return headers === undefined ? { method: '', path: '' } : { method: '', path: '', headers }
}

const requiredQuery = (trial: Trial, { described }: Operation, seed: number): string => {
  const pairs = described.parameters
    .filter((one) => one.in === 'query' && one.required)
    .flatMap((one) => {
      const value = one.examples[0] ?? sampleValid(one.schema, trial.schemas, 1, seed)[0]
      return value === undefined ? [] : wireForm(one, value)
    })
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs)}`
}

/** Headers that say something else each time they are sent, or that mean the state that is there now. */
const OF_A_REQUEST: readonly (readonly [RegExp, string])[] = [
  [/^if-match$/i, '*'],
  [/idempotency|request-?id|correlation-?id|nonce/i, '{{uuid}}'],
]
const OF_A_SESSION = /^(authorization|cookie|content-type|accept)$/i

const requiredHeaders = (trial: Trial, { described }: Operation, seed: number): Record<string, string> =>
  Object.fromEntries(
    described.parameters
      .filter((one) => one.in === 'header' && one.required && !OF_A_SESSION.test(one.name))
      .flatMap(({ name, schema, examples }) => {
        const named = OF_A_REQUEST.find(([pattern]) => pattern.test(name))?.[1]
        const value = named ?? examples[0] ?? sampleValid(schema, trial.schemas, 1, seed)[0]
        return value === undefined || !/^[\x20-\x7e]*$/.test(String(value)) ? [] : [[name, String(value)]]
      }),
  )

/** Bodies that the schema takes, the documented examples first. */
const bodiesOf = (trial: Trial, operation: Operation, path: string, seed: number): unknown[] => {
  const schema = bodySchema(operation)
  if (schema === null) return [undefined]
  const examples = operation.described.body?.content.flatMap((content) => content.examples) ?? []
  const made = sampleValid(schema, trial.schemas, BODIES, seed)
  return [...examples.slice(0, 1), ...made].flatMap((body) =>
    withReferences(body, operation.described.path, path, trial.harvest).slice(0, 1),
  )
}

/**
 * Requests worth a try, the one that is known to work first.
 * @param at the path to send it to, where that is known
 */
export const requestsFor = (trial: Trial, operation: Operation, at?: string): RequestOptions[] => {
  const known = knownNow(trial, operation)
  if (known !== null) return [at === undefined ? known : { ...known, path: at }]
  const { method, path: template } = operation.described
  const seed = trial.lab.random.fork(`contract ${operation.label}`).integer(0, 2_147_483_647)
  const headers = { ...requiredHeaders(trial, operation, seed), ...headersOf(trial).headers }
  const paths = at === undefined ? fillPaths(template, trial.harvest).slice(0, 2) : [at]
  return paths.flatMap((path) =>
    bodiesOf(trial, operation, path, seed).map((body) => ({
      method,
      path: path + requiredQuery(trial, operation, seed),
      ...(Object.keys(headers).length > 0 && { headers }),
      ...(body !== undefined && { body }),
    })),
  )
}

const sendOne = async (
  trial: Trial,
  operation: Operation,
  request: RequestOptions,
): Promise<Answer | null> => {
  const answer = await trial.sender.send(request)
  if (answer === null || answer.exchange.status !== 401 || request.headers === undefined) return answer
  // A session may end with what was tried before.
  await trial.lab.renew?.()
  return trial.sender.send(knownNow(trial, operation) ?? request)
}

const keep = ({ harvest }: Trial, { described: { method, path } }: Operation, { exchange, sent }: Answer) => {
  if (method === 'GET') harvest.keep(path, exchange.body, sent.path)
  else if (method === 'POST') harvest.made(path, exchange.body, sent.path)
}

/** What no document describes was guessed from the code: that it is valid, nobody said. */
const firstInput = ({ own, described: { method } }: Operation): Input =>
  own || method === 'GET'
    ? ordinary('examples', 'as described')
    : { ...ordinary('examples', 'as the code seems to read it'), kind: 'odd' }

/**
 * A request that the operation accepts at this moment; null where none was found, which is noted down with the reason.
 * Every answer on the way is examined.
 */
export const tryBase = async (trial: Trial, operation: Operation, at?: string): Promise<Base | null> => {
  const { label } = operation
  let why = 'no value is known for its path'
  for (const request of requestsFor(trial, operation, at)) {
    const answer = await sendOne(trial, operation, request)
    if (answer === null) {
      why = trial.sender.ended() ?? 'not sent'
      break
    }
    const looked = { operation, answer, request, base: null, input: firstInput(operation) }
    if (operation.known === null || !isFailure(answer.exchange.status)) await examine(trial, looked)
    if (isAccepted(trial, operation, answer)) {
      trial.notes.reached(label)
      keep(trial, operation, answer)
      return { request: withFreshSession(trial, request), answer }
    }
    why = `answered ${answer.exchange.status ?? answer.exchange.error}`
  }
  trial.notes.left(label, why)
  return null
}

/** It may have ended and been renewed since the request was made. */
const withFreshSession = ({ lab }: Trial, request: RequestOptions): RequestOptions => {
  const authorization = lab.accounts[0]?.headers.authorization
  return authorization === undefined || request.headers?.authorization === undefined
    ? request
    : { ...request, headers: { ...request.headers, authorization } }
}

/** Words of its own in every free text, so that a write that was refused and happened all the same shows. */
export const withFreshTexts = (
  trial: Trial,
  operation: Operation,
  request: RequestOptions,
): RequestOptions => {
  let made = request
  for (const part of partsOf(operation, request, trial.schemas)) {
    if (part.in !== 'body' || typeof part.value !== 'string' || part.value.includes('{{')) continue
    const shape = plain(part.schema, trial.schemas.definitions)
    const isFree =
      shape !== null &&
      ['format', 'pattern', 'enum', 'const', 'oneOf', 'anyOf'].every((keyword) => !(keyword in shape)) &&
      Number(shape.maxLength ?? 100) >= 20 &&
      Number(shape.minLength ?? 0) <= 10
    if (!isFree) continue
    made = putPart(made, part, 'plim {{word}}', operation.described.path)?.request ?? made
  }
  return made
}

const fullest = (values: readonly unknown[]) =>
  [...values].sort((a, b) => JSON.stringify(b).length - JSON.stringify(a).length)[0]

const MOST_ADDED = 6

/** What the body may hold beside what it has to is added, as far as it is accepted: what is not sent is not tried. */
export const withOptional = async (trial: Trial, operation: Operation, base: Base): Promise<Base> => {
  if (!operation.own) return base
  const absent = partsOf(operation, base.request, trial.schemas).filter(
    (part) => part.in === 'body' && part.at.length === 1 && part.value === undefined,
  )
  let fuller = base
  for (const part of absent.slice(0, MOST_ADDED)) {
    const value = fullest(sampleValid(part.schema, trial.schemas, 5, 11))
    const put = value == null ? null : putPart(fuller.request, part, value, operation.described.path)
    const answer = put === null ? null : await trial.sender.send(put.request)
    if (put !== null && answer !== null && isSuccess(answer.exchange))
      fuller = { request: put.request, answer }
  }
  return fuller
}

export const readJson = ({ exchange }: Answer): unknown => parseJson(exchange.body)
