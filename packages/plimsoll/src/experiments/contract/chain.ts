import { operationOfRequest } from '../../contract/find-operation.ts'
import type { RequestOptions } from '../../lab/lab.ts'
import { isSuccess } from '../../lab/speak/observe.ts'
import { until } from '../../lab/witness/send.ts'
import { readJson, requestsFor, withOptional } from './base.ts'
import { examine, ordinary } from './examine.ts'
import { type Family, makeThing, type Thing } from './make-thing.ts'
import type { Operation } from './operations.ts'
import { isSame } from './same-thing.ts'
import { type Answer, shownExchange } from './send.ts'
import { anomalyOf, type Trial } from './trial.ts'

const shown = (title: string, { exchange }: Answer) => ({ title, exchange: shownExchange(exchange) })

const headersOf = ({ made }: Thing) => (made.sent.headers === undefined ? {} : { headers: made.sent.headers })

/** Sends a step of the chain and looks at its answer as at any other. */
const step = async (trial: Trial, operation: Operation, request: RequestOptions, note: string) => {
  const answer = await trial.sender.send(request)
  if (answer === null) return null
  if (isSuccess(answer.exchange)) trial.notes.reached(operation.label)
  await examine(trial, { operation, answer, request, base: null, input: ordinary('chains', note) })
  return answer
}

const readThing = (trial: Trial, { read }: Family, thing: Thing) =>
  read === null
    ? Promise.resolve(null)
    : step(trial, read, { method: 'GET', path: thing.path, ...headersOf(thing) }, 'what was made before')

const add = (trial: Trial, anomaly: Parameters<typeof anomalyOf>[0]) => trial.notes.add(anomalyOf(anomaly))

/** A thing with a place of its own that only other methods reach. */
const cannotBeRead = ({ api }: Trial, path: string) =>
  operationOfRequest(api, 'GET', path) === null &&
  ['PUT', 'PATCH', 'DELETE'].some((method) => operationOfRequest(api, method, path) !== null)

/** What `Location` names must be there; a place on another host, or one that cannot be read, is left alone. */
const followLocation = async (trial: Trial, { create }: Family, { made }: Thing) => {
  const { location } = made.exchange.headers
  if (location === undefined || made.exchange.status !== 201) return
  const from = trial.lab.http.baseUrl + made.sent.path
  if (!URL.canParse(location, from)) return
  const url = new URL(location, from)
  if (url.origin !== trial.lab.http.baseUrl || cannotBeRead(trial, url.pathname)) return
  trial.notes.looked(create.label, 'location')
  const { headers } = made.sent
  const answer = await trial.sender.send({
    method: 'GET',
    path: url.pathname + url.search,
    ...(headers !== undefined && { headers }),
  })
  if (answer === null || (answer.exchange.status !== 404 && answer.exchange.status !== 410)) return
  add(trial, {
    check: 'location',
    operation: create.label,
    problem: `Location: ${location.slice(0, 80)} answers ${answer.exchange.status}`,
    exchanges: [shown('What was made', made), shown('What its Location answers', answer)],
  })
}

/** The first request that is accepted for this thing; null where none is. */
const stepThere = async (trial: Trial, operation: Operation, thing: Thing, note: string) => {
  for (const request of requestsFor(trial, operation, thing.path)) {
    const answer = await step(trial, operation, request, note)
    if (answer !== null && isSuccess(answer.exchange)) return answer
  }
  return null
}

/** The same replacement once more must leave the same thing; where a store is watched, another experiment sees it better. */
const replaceTwice = async (trial: Trial, family: Family, thing: Thing) => {
  const { replace } = family
  const accepted = replace === null ? null : await stepThere(trial, replace, thing, 'a replacement')
  if (replace === null || accepted === null) return
  const { request } = await withOptional(trial, replace, { request: accepted.sent, answer: accepted })
  const first = await step(trial, replace, request, 'a replacement')
  if (first === null) return
  const alone = await readThing(trial, family, thing)
  const before = await readThing(trial, family, thing)
  const second = await step(trial, replace, first.sent, 'the same replacement again')
  const after = await readThing(trial, family, thing)
  if (alone === null || before === null || after === null || second === null) return
  // What differs from read to read says nothing of the write between two of them.
  if (!isSame(readJson(alone), readJson(before))) return
  if (
    !isSuccess(before.exchange) ||
    !isSuccess(after.exchange) ||
    !isSuccess(second.exchange) ||
    trial.lab.store !== null
  )
    return
  trial.notes.looked(replace.label, 'repeat-put')
  if (isSame(readJson(before), readJson(after))) return
  add(trial, {
    check: 'repeat-put',
    operation: replace.label,
    problem: 'the same request a second time left another state',
    exchanges: [
      shown('The request, sent twice', second),
      shown('A read after the first', before),
      shown('A read after the second', after),
    ],
  })
}

/** A copy may be shown for as long as the answer says. */
const isCached = ({ exchange: { headers } }: Answer) =>
  /max-age=[1-9]/.test(headers['cache-control'] ?? '') ||
  headers.age !== undefined ||
  headers['x-cache'] !== undefined

const isGone = ({ exchange: { status } }: Answer) => status === 404 || status === 410

const isListed = async (trial: Trial, { list }: Family, thing: Thing): Promise<boolean | null> => {
  if (list === null) return null
  const collection = thing.path.slice(0, thing.path.lastIndexOf('/'))
  const answer = await trial.sender.send({ method: 'GET', path: collection, ...headersOf(thing) })
  const id = decodeURIComponent(thing.path.slice(collection.length + 1))
  return answer === null || !isSuccess(answer.exchange) ? null : answer.exchange.body.includes(id)
}

const outcomeOf = async (
  trial: Trial,
  family: Family,
  thing: Thing,
  { before, wasListed }: { before: Answer; wasListed: boolean },
): Promise<Answer | null> => {
  let after: Answer | null = null
  const wentAway = await until(trial.lab, trial.signal, async () => {
    after = await trial.sender.send({ method: 'GET', path: thing.path, ...headersOf(thing) })
    // Whatever is not the thing as it was (a mark on it, a refusal) says that something came of it.
    return after === null || !isSuccess(after.exchange) || !isSame(readJson(before), readJson(after))
  })
  if (wentAway || after === null) return null
  // A mark that only the list heeds is a deletion as well.
  return wasListed && (await isListed(trial, family, thing)) === false ? null : after
}

const removeThing = async (trial: Trial, family: Family, thing: Thing) => {
  const { remove } = family
  if (remove === null) return
  const before = await readThing(trial, family, thing)
  const wasListed = (await isListed(trial, family, thing)) === true
  const request: RequestOptions = {
    ...(remove.known?.request ?? {}),
    method: 'DELETE',
    path: thing.path,
    ...headersOf(thing),
  }
  const answer = await step(trial, remove, request, 'of what was made before')
  if (answer === null || !isSuccess(answer.exchange)) return
  const isLater = answer.exchange.status === 202 || (before !== null && isCached(before))
  if (before !== null && isSuccess(before.exchange) && !isLater) {
    trial.notes.looked(remove.label, 'delete')
    const after = await outcomeOf(trial, family, thing, { before, wasListed })
    if (after !== null)
      add(trial, {
        check: 'delete',
        operation: remove.label,
        problem: `answered ${answer.exchange.status}, and the thing is still there, unchanged`,
        exchanges: [shown('The request', answer), shown('A read four seconds later', after)],
      })
  }
  const again = await step(trial, remove, request, 'of what is gone')
  if (again !== null && isGone(again)) trial.notes.looked(remove.label, 'delete')
}

/** What was accepted once and is unique must be refused the second time, not fail. */
const createAgain = (trial: Trial, { create }: Family, { made }: Thing) =>
  step(trial, create, made.sent, 'the same as one that was accepted before')

/** Makes a thing, reads, replaces, changes and removes it. */
export const runChain = async (trial: Trial, family: Family): Promise<void> => {
  const before = trial.sender.count()
  const thing = await makeThing(trial, family)
  if (thing !== null) {
    trial.notes.reached(family.create.label)
    await followLocation(trial, family, thing)
    await createAgain(trial, family, thing)
    await readThing(trial, family, thing)
    await replaceTwice(trial, family, thing)
    if (family.change !== null) await stepThere(trial, family.change, thing, 'a change')
    await removeThing(trial, family, thing)
  }
  trial.notes.asked(family.create.label, trial.sender.count() - before)
}
