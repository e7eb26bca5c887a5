import type { RequestOptions } from '../../lab/lab.ts'
import { isAcknowledged } from '../../lab/operations/acknowledged.ts'
import { isSuccess } from '../../lab/speak/observe.ts'
import { type Base, withFreshTexts, withOptional } from './base.ts'
import { examine, isFailure } from './examine.ts'
import { lookForLeftovers, type Refused, wroteSomething } from './failed-write.ts'
import { findBase } from './find-base.ts'
import type { Operation } from './operations.ts'
import { partsOf } from './parts.ts'
import { repeatPut } from './repeat-put.ts'
import { type Answer, shownExchange } from './send.ts'
import { anomalyOf, type Trial } from './trial.ts'
import { tryGenerated } from './try-generated.ts'
import { type Variation, variationsOf } from './vary.ts'

/** Parts of a request that reach a store as they are: what is odd there is told by the store itself. */
const reaching = (trial: Trial, operation: Operation, { answer }: Base): Set<string> => {
  const sent = new Set(
    answer.statements.flatMap(({ parameters }) => parameters.filter((one) => one !== null)),
  )
  const parts = partsOf(operation, answer.sent, trial.schemas)
  return new Set(
    parts.flatMap((part) =>
      part.in === 'path' ||
      (part.in === 'body' && typeof part.value !== 'object' && sent.has(String(part.value)))
        ? [part.name]
        : [],
    ),
  )
}

/** Fields that nobody has to obey to the letter: what a format is good for is a matter of taste. */
const LENIENT = new Set(['format', 'additionalProperties'])

/** Whether the same request without the change is accepted now, in the same words. */
const isAcceptedPlain = async (
  { sender }: Trial,
  base: RequestOptions,
  answer: Answer,
): Promise<Answer | null> => {
  const plain = await sender.send(base)
  if (plain === null || !isSuccess(plain.exchange)) return null
  return isAcknowledged(answer.exchange, plain.exchange) ? plain : null
}

const examineAccepted = async (
  trial: Trial,
  operation: Operation,
  variation: Variation,
  answer: Answer,
  base: Base,
) => {
  const { input, unmistakable } = variation
  if (!operation.own || !unmistakable || LENIENT.has(input.keyword ?? '')) return
  if (input.part.startsWith('header') && input.keyword !== 'required') return
  trial.notes.looked(operation.label, 'accepted')
  if (!isSuccess(answer.exchange)) return
  const plain = await isAcceptedPlain(trial, base.request, answer)
  if (plain === null) return
  const place = input.part.split(/[ .]/)[0] === 'body' ? 'body' : 'parameters'
  trial.notes.add(
    anomalyOf({
      check: 'accepted',
      operation: operation.label,
      mark: place,
      problem: `${input.part} ${input.note}: answered ${answer.exchange.status}`,
      input,
      exchanges: [
        { title: 'The invalid request and its answer', exchange: shownExchange(answer.exchange) },
        { title: 'The valid one', exchange: shownExchange(plain.exchange) },
      ],
    }),
  )
}

/** At the end of a run of failures with one cause there is nothing more to learn from its part. */
const MOST_FAILURES = 6

/** Varies one part of a working request after the other. */
const vary = async (trial: Trial, operation: Operation, base: Base, share: number) => {
  const random = trial.lab.random.fork(`contract ${operation.label}`)
  const first = reaching(trial, operation, base)
  const variations = variationsOf(operation, base.request, { schemas: trial.schemas, random, first })
  const refused: Refused[] = []
  let failures = 0
  for (const variation of variations.slice(0, share)) {
    const answer = await trial.sender.send(variation.request)
    if (answer === null || failures >= MOST_FAILURES) break
    const { request, input } = variation
    const mark = await examine(trial, { operation, answer, input, request, base: base.request })
    if (mark !== null) failures += 1
    if (mark === 'exit' || mark === 'stuck') break
    if (answer.exchange.status === 401) {
      const renewed = await findBase(trial, operation)
      if (renewed === null) break
    }
    await examineAccepted(trial, operation, variation, answer, base)
    if (isRefusal(answer) && !isRecord(operation, variation, answer))
      refused.push({ variation, wrote: wroteSomething(answer) })
  }
  return refused
}

const isRefusal = ({ exchange: { status } }: Answer) => status === 400 || status === 422 || isFailure(status)

/** A creation that the domain turned down may well be kept on record: a payment that was declined. */
const isRecord = ({ described }: Operation, { input }: Variation, { exchange }: Answer) =>
  described.method === 'POST' && exchange.status === 422 && input.kind !== 'invalid'

/** A share of the requests goes to values that nobody thought of. */
const GENERATED = 0.35

const withTexts = async (trial: Trial, operation: Operation, base: Base): Promise<Base> => {
  if (!['PUT', 'PATCH', 'POST'].includes(operation.described.method)) return base
  const request = withFreshTexts(trial, operation, base.request)
  if (request === base.request) return base
  const answer = await trial.sender.send(request)
  return answer !== null && isSuccess(answer.exchange) ? { request, answer } : base
}

/** Tries one operation with about that many requests. Resolves false where it accepted none. */
export const tryOperation = async (trial: Trial, operation: Operation, share: number): Promise<boolean> => {
  const before = trial.sender.count()
  const found = await findBase(trial, operation)
  if (found !== null) {
    await repeatPut(trial, operation, found)
    const fuller =
      operation.role === 'write' || operation.role === 'account'
        ? await withOptional(trial, operation, found)
        : found
    const base = await withTexts(trial, operation, fuller)
    const varied = Math.ceil(share * (1 - GENERATED))
    const refused = await vary(trial, operation, base, varied)
    if (operation.role === 'write' || operation.role === 'account')
      await lookForLeftovers(trial, operation, base, refused)
    if (operation.role !== 'session')
      await tryGenerated(trial, operation, base, Math.max(0, share - (trial.sender.count() - before)))
  }
  trial.notes.asked(operation.label, trial.sender.count() - before)
  return found !== null
}
