import type { Lab, RequestOptions } from '../../lab/lab.ts'
import { freshen } from '../../lab/speak/freshen.ts'
import { revive } from '../../lab/speak/revive.ts'
import type { Exchange, StatementRecord } from '../../model/evidence.ts'
import { isRateLimited, RATE_LIMITED } from '../../model/reading/rate-limit.ts'

/** One request as it went out and what came of it. */
export type Answer = {
  sent: RequestOptions
  exchange: Exchange
  /** what it caused at the stores that have a wire */
  statements: readonly StatementRecord[]
  refused: readonly StatementRecord[]
  /** the process was gone afterwards, and has been started again */
  exited: boolean
  /** it answered nobody any more, and has been started again */
  stuck: boolean
}

export type Sender = {
  /** placeholders are filled; null where nothing may be sent any more: `ended` says why */
  send(request: RequestOptions): Promise<Answer | null>
  /** requests sent so far */
  count(): number
  ended(): string | null
}

export const HANG_MS = 10_000
const PATIENCE_MS = 11_000
const BODY_CHARACTERS = 200_000
/** That many in a row: the app does not look at requests any more. */
const LIMITED_IN_A_ROW = 3

/** A request that others wait for while one has no answer. */
const ANSWERS_MS = 3_000
const STOP_MS = 5_000
/** Each costs as long as one waits, and a start. */
const MOST_STUCK = 3

/** Whether it answers nobody while it runs: then it is started again, without a farewell. */
const unstick = async (lab: Lab, signal: AbortSignal): Promise<boolean> => {
  const path = lab.health.live ?? lab.health.ready ?? '/'
  const answer = await lab.http.request({ method: 'GET', path, timeoutMs: ANSWERS_MS, signal })
  if (answer.error !== 'timeout' || signal.aborted) return false
  lab.target.signal('SIGKILL')
  await lab.target.exited(STOP_MS)
  return revive(lab)
}

type Limits = { signal: AbortSignal; mostRequests: number; untilMs: number }

export const createSender = (lab: Lab, { signal, mostRequests, untilMs }: Limits): Sender => {
  const random = lab.random.fork('contract')
  const wires = lab.stores.flatMap(({ wire }) => (wire === null ? [] : [wire]))
  let sentSoFar = 0
  let limited = 0
  let reason: string | null = null
  let timesStuck = 0
  let startingMs = 0
  const check = () => {
    if (signal.aborted) reason ??= 'the proof was stopped'
    if (limited >= LIMITED_IN_A_ROW) reason ??= RATE_LIMITED
    if (sentSoFar >= mostRequests) reason ??= `${mostRequests} requests were sent`
    if (lab.nowMs() > untilMs + startingMs) reason ??= 'its time was used up'
    return reason
  }
  return {
    count: () => sentSoFar,
    ended: check,
    async send(request) {
      if (check() !== null) return null
      sentSoFar += 1
      const sent = freshen(request, random)
      const marks = wires.map((wire) => wire.mark())
      const fromMs = lab.nowMs()
      const exchange = await lab.http.request({
        ...sent,
        timeoutMs: PATIENCE_MS,
        bodyLimit: BODY_CHARACTERS,
        signal,
      })
      limited = isRateLimited(exchange) ? limited + 1 : 0
      const statements = wires.flatMap((wire, index) => wire.since(marks[index] ?? 0))
      const refused = statements.filter(({ sqlstate }) => sqlstate !== undefined && sqlstate !== '00000')
      const exited = exchange.status === null && !signal.aborted ? await revive(lab) : false
      const mayBeStuck = exchange.error === 'timeout' && !exited && timesStuck < MOST_STUCK
      const stuck = mayBeStuck && (await unstick(lab, signal))
      if (stuck) {
        timesStuck += 1
        startingMs += lab.nowMs() - fromMs
      }
      return { sent, exchange, statements, refused, exited, stuck }
    },
  }
}

const SHOWN = 2_000

/** As evidence keeps it: a long body is cut. */
export const shownExchange = (exchange: Exchange): Exchange => ({
  ...exchange,
  body: exchange.body.slice(0, SHOWN),
})
