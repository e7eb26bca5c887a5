import type { Lab, RequestOptions } from '../../lab/lab.ts'
import { freshen } from '../../lab/speak/freshen.ts'
import type { Exchange } from '../../model/evidence.ts'
import { isRateLimited } from '../../model/reading/rate-limit.ts'
import type { Bench, Loss, Own } from './bench.ts'
import type { Sighting } from './family.ts'
import { lookFor } from './look-for.ts'
import { Encoded, placeValue, valueAt } from './place-value.ts'
import type { Point } from './points.ts'

const BODY_LIMIT = 65_536
const TIMEOUT_MS = 4_000
/** One that did not answer a few times is not waited for: what it runs shows elsewhere. */
const MUTE_AFTER = 2
const MUTE_TIMEOUT_MS = 600
/** One that ends the process again and again, or never answers, is left alone in the end. */
const MOST: Readonly<Record<Loss['why'], number>> = { exited: 2, limited: 2, timeout: 14 }
const MOST_RENEWALS = 5
/** Most limits count in memory: a start forgets them. */
const MOST_FRESH_STARTS = 6
/** Starting the app again is its own time, not that of the search, up to here. */
const MOST_STARTING_MS = 70_000
const EXIT_MS = 150
const READY_MS = 30_000
const LETTERS = 'abcdefghijklmnopqrstuvwxyz'

export type Range = Bench & {
  /** false when no more request may be sent there */
  open(operation: string, input?: string): boolean
  spent(): number
  losses: Loss[]
  /** looks again for what came later than the answer */
  lookAgain(sighting: Sighting): Promise<Sighting>
}

const REASONS = ['exited', 'limited', 'timeout'] as const

/** In the place of an answer, where an operation is left alone in the middle of an attempt. */
const unsent = ({ method, path }: RequestOptions, atMs: number): Exchange => ({
  ...{ method, path, requestHeaders: {}, status: null, headers: {}, body: '', atMs, durationMs: 0 },
  error: 'not sent',
})

export type Limits = { requests: number; endMs: number; signal: AbortSignal }

const textOf = (sent: unknown): string => {
  if (sent instanceof Encoded) return sent.text
  return typeof sent === 'string' ? sent : (JSON.stringify(sent) ?? '')
}

const mayHaveEnded = ({ place, works }: Point, request: RequestOptions) =>
  works &&
  place.in !== 'cookie' &&
  place.in !== 'header' &&
  (request.headers?.authorization ?? request.headers?.cookie) !== undefined

/** Counts what it sends, renews sessions, and starts the app again where one of its requests ended it. */
export const openRange = async (lab: Lab, limits: Limits): Promise<Range> => {
  const canary = (await lab.canary?.().catch(() => undefined)) ?? null
  const { random } = lab
  const losses: Loss[] = []
  let spent = 0
  let renewals = 0
  let freshStarts = 0
  let startingMs = 0

  const newMark = () => `q${Array.from({ length: 11 }, () => LETTERS[random.integer(0, 25)]).join('')}`

  const lossesOf = (operation: string, why: Loss['why']) =>
    losses.filter((loss) => loss.operation === operation && loss.why === why).length

  const hasEnded = (operation: string, input: string | undefined) =>
    losses.some((loss) => loss.why === 'exited' && loss.operation === operation && loss.input === input)

  const open = (operation: string, input?: string) =>
    !limits.signal.aborted &&
    spent < limits.requests &&
    lab.nowMs() < limits.endMs + Math.min(startingMs, MOST_STARTING_MS) &&
    !hasEnded(operation, input) &&
    REASONS.every((why) => lossesOf(operation, why) < MOST[why])

  const ask = (request: RequestOptions, operation = ''): Promise<Exchange> => {
    spent += 1
    const isMute = lossesOf(operation, 'timeout') >= MUTE_AFTER
    return lab.http.request({
      ...request,
      timeoutMs: isMute ? MUTE_TIMEOUT_MS : TIMEOUT_MS,
      bodyLimit: BODY_LIMIT,
      signal: limits.signal,
    })
  }

  const restart = async () => {
    const fromMs = lab.nowMs()
    await lab.target.restart()
    await lab.target.ready(READY_MS)
    await lab.renew?.()
    startingMs += lab.nowMs() - fromMs
  }

  const mourn = async ({ operation, input }: Point, sent: string, exchange: Exchange) => {
    const lose = (why: Loss['why']) => losses.push({ operation, input, sent, why })
    if (isRateLimited(exchange)) lose('limited')
    if (exchange.status !== null || exchange.error === 'EINVAL' || exchange.error === 'not sent') return
    const exited = (await lab.target.exited(EXIT_MS)) !== null
    if (limits.signal.aborted) return
    if (exited) {
      lose('exited')
      await restart()
    } else if (exchange.error === 'timeout') lose('timeout')
  }

  const ownOf = (point: Point, request = freshen(point.request(), random)): Own => {
    const value = valueAt(request, point.place)
    return { value, text: typeof value === 'object' ? JSON.stringify(value) : String(value) }
  }

  /** A session that something ended is renewed, and a limit that was reached is forgotten, a few times at most. */
  const send = async (
    point: Point,
    make: (own: Own) => unknown,
    headers: Readonly<Record<string, string>>,
  ) => {
    for (;;) {
      const request = freshen(point.request(), random)
      const value = make(ownOf(point, request))
      const placed = placeValue(request, point.place, value)
      if (!open(point.operation, point.input)) return { value, exchange: unsent(placed, lab.nowMs()) }
      const asked = { ...placed, headers: { ...placed.headers, ...headers } }
      const exchange = await ask(asked, point.operation)
      if (isRateLimited(exchange) && freshStarts < MOST_FRESH_STARTS && !limits.signal.aborted) {
        freshStarts += 1
        await restart()
        continue
      }
      const ended = exchange.status === 401 && mayHaveEnded(point, request)
      if (!ended || renewals >= MOST_RENEWALS || lab.renew === undefined) return { value, exchange }
      renewals += 1
      await lab.renew()
    }
  }

  return {
    canary,
    random,
    get known() {
      return lab.known
    },
    service: lab.service,
    factors: () => {
      const [a, b] = [random.integer(70_000, 99_999), random.integer(70_000, 99_999)]
      return { a, b, product: String(a * b) }
    },
    newMark,
    losses,
    spent: () => spent,
    ownOf: (point) => ownOf(point),
    restart,
    open,
    async shoot(point, { role, make, products = [], headers = {}, mark = newMark() }) {
      const { value, exchange } = await send(point, (own) => make(own.text, mark, own.value), headers)
      const sent = textOf(value)
      await mourn(point, sent, exchange)
      return {
        role,
        sent,
        mark,
        products: [...products],
        exchange,
        ...(await lookFor(lab, canary, mark, exchange)),
      }
    },
    async look(request, { role, sent, mark, products }) {
      const exchange = await ask(freshen(request, random))
      // The next request must not be blamed for what this one ended.
      if (exchange.status === null && !limits.signal.aborted && (await lab.target.exited(EXIT_MS)) !== null)
        await restart()
      return { role, sent, mark, products, exchange, ...(await lookFor(lab, canary, mark, exchange)) }
    },
    lookAgain: async (sighting) => ({
      ...sighting,
      ...(await lookFor(lab, canary, sighting.mark, sighting.exchange)),
    }),
  }
}
