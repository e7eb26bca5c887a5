import type { Evidence, Exchange } from '../../model/evidence.ts'
import { heldBackFrom, isHeldBack } from '../../model/reading/held-back.ts'
import { isRateLimited, RATE_LIMITED } from '../../model/reading/rate-limit.ts'
import { stackIn } from '../../model/reading/stack.ts'
import { inconclusive, type Judgement, notApplicable, proven, refuted } from '../../model/verdict.ts'
import type { Seen } from './index.ts'
import { DEEPLY_NESTED } from './misuses.ts'
import { shapeOf } from './shape.ts'

const BOUND_MS = 10_000

type Try = Seen['tries'][number]

const shown = ({ exchange }: Try): Evidence => ({
  kind: 'exchange',
  title: 'The request and its answer',
  exchange,
})

/** A server may close the connection on a body it will not read: that is a refusal too. */
const closedOnUs = ({ error }: Exchange) => error !== undefined && /RESET|EPIPE|closed|socket/i.test(error)

const crash = (one: Try, seen: Seen): Judgement =>
  refuted({
    subject: one.misuse,
    title: 'One malformed request kills the process',
    detail: `${one.misuse}: the process exited`,
    severity: 'critical',
    repairs: ['Catch errors of the request path and answer 4xx; never let one reach the process.'],
    evidence: [shown(one), { kind: 'log', title: 'What the process said', lines: seen.lastLines }],
  })

const hang = (one: Try): Judgement =>
  refuted({
    subject: one.misuse,
    title: 'A malformed request hangs',
    detail: `${one.misuse}: no answer within ${BOUND_MS / 1_000} s`,
    severity: 'high',
    repairs: [
      'End every request: pass errors of async handlers to the framework (next(error), or return the promise).',
    ],
    evidence: [shown(one)],
  })

/** The process may have died of the request before, later than it was looked at. */
const unsent = ({ misuse, exchange }: Try): Judgement => {
  const subject = misuse
  const title = `Could not be tried: ${misuse}`
  if (isRateLimited(exchange)) return inconclusive({ subject, title, detail: RATE_LIMITED })
  const ended =
    exchange.status === null ? `ended with ${exchange.error ?? 'no answer'}` : `got ${exchange.status}`
  const why = isHeldBack(exchange) ? `: ${heldBackFrom(exchange)}` : ''
  return inconclusive({ subject, title, detail: `the request ${ended}${why}` })
}

/** A dependency that is not there is no mistake of the client. */
const failedOutside = ({ exchange, exited }: Try) =>
  isHeldBack(exchange) && (exited || exchange.status === null || isFailure(exchange.status))

const unsaid = ({ misuse, exchange }: Try): Judgement =>
  inconclusive({
    subject: misuse,
    title: `Could not be tried: ${misuse}`,
    detail: `answered ${exchange.status}, which may be what the route says at that time to any request`,
  })

const names = (tries: readonly Try[]) => tries.map(({ misuse }) => misuse).join(', ')

/** One error handler answers them all: one finding. */
const leaks = (seen: Seen): Judgement[] => {
  const subject = 'error answers: content'
  const answers = seen.tries.filter(({ exchange: { status } }) => status !== null).length
  const found = seen.tries.flatMap((one) => {
    const line = stackIn(one.exchange.body)
    return line === null ? [] : [{ one, line }]
  })
  const [first] = found
  if (answers === 0) return []
  if (first === undefined) {
    const detail = `${answers} answers to malformed requests`
    return [proven({ subject, title: 'Error answers show no stack trace', detail })]
  }
  return [
    refuted({
      subject,
      title: 'Error answers show a stack trace',
      detail: `${names(found.map(({ one }) => one))}: ${first.one.exchange.status} with "${first.line}"`,
      severity: 'medium',
      cwe: 209,
      repairs: [
        'Answer with a fixed message and an id; write the stack to the log. In production set NODE_ENV=production.',
      ],
      evidence: found.slice(0, 3).map(({ one }) => shown(one)),
    }),
  ]
}

/** "Not implemented" and "not now" are answers in their own right, whatever was asked. */
const isFailure = (status: number | null) =>
  status !== null && status >= 500 && status !== 501 && status !== 503

const serverErrors = (seen: Seen): Judgement[] => {
  const subject = 'error answers: status'
  const found = seen.tries.filter(
    (one) => !one.exited && isFailure(one.exchange.status) && !failedOutside(one),
  )
  const [first] = found
  if (first === undefined) return []
  const parserGaveUp = found.every(({ misuse }) => misuse.startsWith(DEEPLY_NESTED))
  return [
    refuted({
      subject,
      // Some languages' own parsers overflow on it; an answer of 500 then contains the damage.
      tier: parserGaveUp ? 'advice' : 'defect',
      title: 'Mistakes of the client are answered as failures of the server',
      detail: `${names(found)}: answered ${first.exchange.status} instead of 4xx`,
      severity: 'low',
      repairs: [
        'Map parse and type errors to 400, 413 or 415 in the error handler, and check that the body is there before reading it.',
      ],
      evidence: found.slice(0, 3).map(shown),
    }),
  ]
}

const judgeTry = (one: Try, seen: Seen): Judgement[] => {
  const { status, durationMs, error } = one.exchange
  if (failedOutside(one)) return [unsent(one)]
  if (one.exited) return [crash(one, seen)]
  if (error === 'timeout' || durationMs > BOUND_MS) return [hang(one)]
  if (status === null && !closedOnUs(one.exchange)) return [unsent(one)]
  if (isRateLimited(one.exchange)) return [unsent(one)]
  if (isFailure(status)) return []
  if (status === 501 || status === 503) return [unsaid(one)]
  const answer = status === null ? `connection closed (${error})` : `answered ${status}`
  return [
    proven({
      subject: one.misuse,
      title: `Refused in time: ${one.misuse}`,
      detail: `${answer} after ${Math.round(durationMs)} ms`,
    }),
  ]
}

/** Many ways to be unlike each other: only said when two refusals differ, and only as advice. */
const consistency = (seen: Seen): Judgement[] => {
  const refusals = seen.tries.filter(
    ({ exchange: { status } }) => status !== null && status >= 400 && status < 500,
  )
  const shapes = new Map<string, Try[]>()
  for (const one of refusals) {
    const shape = shapeOf(one.exchange)
    shapes.set(shape, [...(shapes.get(shape) ?? []), one])
  }
  const subject = 'error shape'
  if (refusals.length < 2) return []
  const described = [...shapes].map(
    ([shape, tries]) => `${shape} (${tries.map(({ misuse }) => misuse.replace(/ \(.*/, '')).join(', ')})`,
  )
  if (shapes.size === 1)
    return [proven({ subject, title: 'Errors have one shape', detail: described.join('; ') })]
  return [
    refuted({
      subject,
      title: 'Errors come in several shapes',
      detail: described.join('; '),
      severity: 'low',
      tier: 'advice',
      repairs: [
        'Answer every error in one shape, for example RFC 9457 problem details, also for unknown routes.',
      ],
    }),
  ]
}

export const judge = (seen: Seen): Judgement[] => {
  const noBody =
    seen.bodyRoute === null
      ? [
          notApplicable({
            subject: 'malformed bodies',
            title: 'Malformed bodies',
            detail: 'no route that takes a body was found',
          }),
        ]
      : []
  const looked = { ...seen, tries: seen.tries.filter(({ exchange }) => !isRateLimited(exchange)) }
  return [
    ...seen.tries.flatMap((one) => judgeTry(one, seen)),
    ...leaks(looked),
    ...serverErrors(looked),
    ...consistency(looked),
    ...noBody,
  ]
}
