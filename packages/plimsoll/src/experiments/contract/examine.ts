import { cutTo } from '../../base/text/fit.ts'
import type { RequestOptions } from '../../lab/lab.ts'
import { isSuccess } from '../../lab/speak/observe.ts'
import type { StatementRecord } from '../../model/evidence.ts'
import { isHeldBack } from '../../model/reading/held-back.ts'
import { internalsIn, storeWordsIn } from '../../model/reading/internals.ts'
import { isRateLimited } from '../../model/reading/rate-limit.ts'
import { checkResponse } from './check-response.ts'
import { type Cause, findCause } from './find-cause.ts'
import type { Operation } from './operations.ts'
import type { Input } from './seen.ts'
import { type Answer, HANG_MS, shownExchange } from './send.ts'
import { anomalyOf, type Trial } from './trial.ts'

/** One answer, with what it answers and what is known of that. */
export type Looked = {
  operation: Operation
  answer: Answer
  input: Input
  /** as it was made, placeholders unfilled, to be sent again */
  request: RequestOptions
  /** what the operation accepts; null where nothing is known */
  base: RequestOptions | null
}

/** Not implemented, not now, not without something outside: answers in their own right, whatever was asked. */
const EXCUSED = new Set([501, 502, 503, 504, 507, 509, 511])

export const isFailure = (status: number | null): boolean =>
  status !== null && status >= 500 && !EXCUSED.has(status)

/** A mistake in the code, wherever it runs; an address that does not answer is none. */
const MISTAKE =
  /^(Type|Reference|Range|Syntax|Key|Attribute|Value|Index|Name|UnboundLocal|ZeroDivision|Assertion|Integrity|Data)Error$|NullPointer|IndexOutOfBounds|NumberFormat/
/** The lab has no network beyond itself: what fails for that says nothing of the input. */
const OUTSIDE = /fetch failed|ENOTFOUND|ECONNREFUSED|EAI_AGAIN|ETIMEDOUT|ENETUNREACH|getaddrinfo/
const REFUSED_INPUT = /^(22|23|42)/
const REFUSED_VALUE = /^22/

const shown = (title: string, { exchange }: Answer) => ({ title, exchange: shownExchange(exchange) })

/** What every request to the operation answers at the moment is not due to this one. */
const failsAnyway = async (trial: Trial, { base, operation }: Looked, cause: Cause): Promise<boolean> => {
  if (base === null) return false
  const answer = await trial.sender.send(base)
  if (answer === null || answer.exchange.status === null) return true
  if (answer.exchange.status < 500) return false
  // A value that the store cannot read is due to this request, whatever state makes the other one fail.
  if (!REFUSED_VALUE.test(cause.statement?.sqlstate ?? '')) return true
  return (await findCause(trial, operation, answer)).mark === cause.mark
}

const isPlain = ({ statement, name }: Cause) =>
  (statement !== null && REFUSED_INPUT.test(statement.sqlstate ?? '')) ||
  (name !== null && MISTAKE.test(name))

const inStore = ({ sqlstate, constraint }: StatementRecord) =>
  constraint === undefined ? sqlstate : `${sqlstate} (${constraint})`

const note = (trial: Trial, { operation, answer, input }: Looked, cause: Cause, again: Answer | null) => {
  const { name: _name, message: _message, ...known } = cause
  const told = cause.message === null ? '' : `: ${cause.message}`
  const why =
    cause.statement === null ? told : `: ${inStore(cause.statement)} at ${cutTo(cause.statement.shape, 120)}`
  trial.notes.add(
    anomalyOf({
      check: 'server-error',
      operation: operation.label,
      problem: `answered ${answer.exchange.status}${why}`,
      input,
      exchanges: [shown('The request and its answer', again ?? answer)],
      ...known,
    }),
  )
}

/** Resolves with the mark of the cause where the failure holds when it is sent again. */
const examineFailure = async (trial: Trial, looked: Looked): Promise<string | null> => {
  const { operation, answer, base } = looked
  if (isHeldBack(answer.exchange)) return null
  const cause = await findCause(trial, operation, answer)
  if (cause.statement === null && cause.log.some((line) => OUTSIDE.test(line))) return null
  if (trial.notes.has({ check: 'server-error', operation: operation.label, mark: cause.mark })) {
    note(trial, looked, cause, null)
    return cause.mark
  }
  // What was sent again as it went out may fail for being a second one, so it is made anew.
  const again = await trial.sender.send(looked.request)
  if (again === null || !isFailure(again.exchange.status)) return null
  if (base === null && !isPlain(cause)) return null
  if (await failsAnyway(trial, looked, cause)) return null
  note(trial, looked, cause, null)
  return cause.mark
}

const examineExit = (trial: Trial, { operation, answer, input }: Looked) => {
  const lines = trial.lab.target.logs(answer.exchange.atMs).map(({ text }) => text)
  trial.notes.add(
    anomalyOf({
      check: 'exit',
      operation: operation.label,
      problem: 'the process exited',
      input,
      exchanges: [shown('The request that ended it', answer)],
      log: lines.slice(0, 14),
    }),
  )
}

const noteHang = (trial: Trial, { operation, answer, input }: Looked, problem: string, usual: Answer) =>
  trial.notes.add(
    anomalyOf({
      check: 'hang',
      operation: operation.label,
      problem,
      input,
      exchanges: [shown('The request', answer), shown('One that works', usual)],
    }),
  )

/** It answered nobody any more and was started again: the same must come of the same request. */
const examineStuck = async (trial: Trial, looked: Looked) => {
  const { base, request } = looked
  const usual = base === null ? null : await trial.sender.send(base)
  if (usual === null || usual.exchange.status === null || isFailure(usual.exchange.status)) return
  const again = await trial.sender.send(request)
  if (again?.stuck !== true) return
  noteHang(trial, looked, 'no answer, and none to anybody else until it was started again', usual)
}

const examineHang = async (trial: Trial, looked: Looked) => {
  const { base } = looked
  const usual = base === null ? null : await trial.sender.send(base)
  if (usual === null || !isSuccess(usual.exchange) || usual.exchange.durationMs > HANG_MS / 5) return
  const problem = `no answer within ${HANG_MS / 1_000} s; a request that works was answered at once`
  noteHang(trial, looked, problem, usual)
}

const examineContent = ({ notes }: Trial, { operation, answer, input }: Looked) => {
  const { status, body } = answer.exchange
  if (status === null || status < 400) return
  notes.looked(operation.label, 'leak')
  const inside = internalsIn(body, answer.statements)
  const told = inside ?? storeWordsIn(body)
  if (told === null) return
  notes.add(
    anomalyOf({
      check: 'leak',
      operation: operation.label,
      mark: inside === null ? 'store' : '',
      problem: `${status} with "${told}"`,
      input,
      exchanges: [shown('The request and its answer', answer)],
    }),
  )
}

/** There is one way to ask for it, and nobody to ask as: no request of ours can be the wrong one. */
const isPlainest = ({ lab }: Trial, { described: { method, parameters, body, security } }: Operation) =>
  method === 'GET' &&
  parameters.length === 0 &&
  body === null &&
  (security ?? []).every((schemes) => schemes.length === 0) &&
  lab.entry === undefined &&
  lab.accounts.length === 0

const examineResponse = (trial: Trial, { operation, answer, input }: Looked) => {
  const { api, notes } = trial
  if (!operation.own) return
  const { status } = answer.exchange
  if (status === null || status >= 500) return
  notes.looked(operation.label, 'response')
  const plain = input.kind === 'ordinary' && isPlainest(trial, operation)
  for (const mismatch of checkResponse(api, operation.described, answer.exchange, plain)) {
    notes.add(
      anomalyOf({
        check: 'response',
        operation: operation.label,
        mark:
          mismatch.kind === 'status'
            ? `status ${status}`
            : `${status} ${mismatch.kind}${mismatch.at === '' ? '' : ` ${mismatch.at}`}`,
        problem: mismatch.problem,
        broken: mismatch.keyword,
        input: input.part === '' ? null : input,
        exchanges: [shown('The request and its answer', answer)],
      }),
    )
  }
}

/** Looks at one answer with every check that needs no other. Resolves with the mark of a failure that holds. */
export const examine = async (trial: Trial, looked: Looked): Promise<string | null> => {
  const { answer, operation } = looked
  const { label } = operation
  if (isRateLimited(answer.exchange)) return null
  trial.notes.looked(label, 'server-error')
  trial.notes.looked(label, 'exit')
  if (answer.exited) {
    examineExit(trial, looked)
    return 'exit'
  }
  if (answer.stuck) {
    await examineStuck(trial, looked)
    return 'stuck'
  }
  const { error, durationMs, status } = answer.exchange
  if (error === 'timeout' || (status !== null && durationMs > HANG_MS)) await examineHang(trial, looked)
  examineContent(trial, looked)
  examineResponse(trial, looked)
  return isFailure(status) ? examineFailure(trial, looked) : null
}

export const ordinary = (phase: Input['phase'], note: string): Input => ({
  phase,
  part: '',
  keyword: null,
  kind: 'ordinary',
  note,
})
