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
const TIMEOUT_MS = 5_000
/** One that ends the process again and again, or never answers, is left alone. */
const MOST_LOSSES = 2
const MOST_RENEWALS = 5
/** Most limits count in memory: a start forgets them. */
const MOST_FRESH_STARTS = 6
const EXIT_MS = 150
const READY_MS = 30_000
const LETTERS = 'abcdefghijklmnopqrstuvwxyz'

export type Range = Bench & {
  /** false when no more request may be sent there */
  open(operation: string): boolean
  spent(): number
  losses: Loss[]
  /** looks again for what came later than the answer */
  lookAgain(sighting: Sighting): Promise<Sighting>
}

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

  const newMark = () => `q${Array.from({ length: 11 }, () => LETTERS[random.integer(0, 25)]).join('')}`

  const ask = (request: RequestOptions): Promise<Exchange> => {
    spent += 1
    return lab.http.request({
      ...request,
      timeoutMs: TIMEOUT_MS,
      bodyLimit: BODY_LIMIT,
      signal: limits.signal,
    })
  }

  const restart = async () => {
    await lab.target.restart()
    await lab.target.ready(READY_MS)
    await lab.renew?.()
  }

  const mourn = async ({ operation, input }: Point, sent: string, exchange: Exchange) => {
    const lose = (why: Loss['why']) => losses.push({ operation, input, sent, why })
    if (isRateLimited(exchange)) lose('limited')
    if (exchange.status !== null || exchange.error === 'EINVAL') return
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
      const exchange = await ask({ ...placed, headers: { ...placed.headers, ...headers } })
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
    open: (operation) =>
      !limits.signal.aborted &&
      spent < limits.requests &&
      lab.nowMs() < limits.endMs &&
      losses.filter((loss) => loss.operation === operation).length < MOST_LOSSES,
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
      return { role, sent, mark, products, exchange, ...(await lookFor(lab, canary, mark, exchange)) }
    },
    lookAgain: async (sighting) => ({
      ...sighting,
      ...(await lookFor(lab, canary, sighting.mark, sighting.exchange)),
    }),
  }
}
