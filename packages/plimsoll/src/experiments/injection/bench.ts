import type { Random } from '../../base/random/random.ts'
import type { Canary, Lab } from '../../lab/lab.ts'
import { freshen } from '../../lab/speak/freshen.ts'
import type { Exchange } from '../../model/evidence.ts'
import { isRateLimited } from '../../model/reading/rate-limit.ts'
import type { Sighting } from './family.ts'
import { Encoded, placeValue, valueAt } from './place-value.ts'
import type { Point } from './points.ts'

const BODY_LIMIT = 65_536
const TIMEOUT_MS = 5_000
/** One that ends the process again and again, or never answers, is left alone. */
const MOST_LOSSES = 2
const EXIT_MS = 150
const READY_MS = 30_000

export type Loss = { operation: string; input: string; sent: string; why: 'exited' | 'timeout' | 'limited' }

export type Shot = {
  role: string
  /** what to put there, from what usually stands there and this request's mark */
  make(own: string, mark: string): unknown
  product?: string
  /** see `Sighting.mark`; a new one where it is not given */
  mark?: string
}

/** What a family sends its requests through. */
export type Bench = {
  canary: Canary | null
  random: Random
  /** two numbers, and their product as text, which nobody else comes upon */
  factors(): { a: number; b: number; product: string }
  newMark(): string
  shoot(point: Point, shot: Shot): Promise<Sighting>
  /** what usually stands there, as text */
  ownOf(point: Point): string
}

export type Range = Bench & {
  /** false when no more request may be sent there */
  open(operation: string): boolean
  spent(): number
  losses: Loss[]
  /** looks again for what came later than the answer */
  lookAgain(sighting: Sighting): Promise<Sighting>
}

const textOf = (sent: unknown): string => {
  if (sent instanceof Encoded) return sent.text
  return typeof sent === 'string' ? sent : JSON.stringify(sent)
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz'

export const openRange = async (
  lab: Lab,
  limits: { requests: number; endMs: number; signal: AbortSignal },
): Promise<Range> => {
  const canary = (await lab.canary?.().catch(() => undefined)) ?? null
  const { random } = lab
  const losses: Loss[] = []
  let spent = 0
  let renewals = 0

  const newMark = () => `q${Array.from({ length: 11 }, () => LETTERS[random.integer(0, 25)]).join('')}`
  const factors = () => {
    const [a, b] = [random.integer(70_000, 99_999), random.integer(70_000, 99_999)]
    return { a, b, product: String(a * b) }
  }

  const seenOf = async (mark: string): Promise<Pick<Sighting, 'statements' | 'files' | 'hits'>> => ({
    statements: lab.stores.flatMap(({ wire }) =>
      (wire?.statements() ?? [])
        .slice(-2_000)
        .filter(({ sql }) => sql.includes(mark))
        .slice(0, 3),
    ),
    files: ((await canary?.appeared()) ?? []).filter((name) => name.includes(mark)),
    hits: (canary?.hits() ?? [])
      .filter(({ path }) => path.includes(mark))
      .slice(0, 3)
      .map(({ method, path }) => ({ method, path })),
  })

  const shownIn = ({ body }: Exchange): Sighting['shown'] => [
    ...(canary !== null && body.includes(canary.file.text) ? (['file'] as const) : []),
    ...(canary !== null && body.includes(canary.text) ? (['listener'] as const) : []),
  ]

  const mourn = async (point: Point, sent: string, exchange: Exchange) => {
    const lose = (why: Loss['why']) =>
      losses.push({ operation: point.operation, input: point.input, sent, why })
    if (isRateLimited(exchange)) lose('limited')
    if (exchange.status !== null || exchange.error === 'EINVAL') return
    if (exchange.error === 'timeout') lose('timeout')
    if ((await lab.target.exited(EXIT_MS)) === null || limits.signal.aborted) return
    lose('exited')
    await lab.target.restart()
    await lab.target.ready(READY_MS)
    await lab.renew?.()
  }

  /** A session that something ended is renewed, a few times at most. */
  const send = async (point: Point, make: (own: string) => unknown) => {
    for (;;) {
      const request = freshen(point.request(), random)
      const value = make(String(valueAt(request, point.place)))
      const { signal } = limits
      const asked = { timeoutMs: TIMEOUT_MS, bodyLimit: BODY_LIMIT, signal }
      const exchange = await lab.http.request({ ...placeValue(request, point.place, value), ...asked })
      spent += 1
      const carried = request.headers?.authorization ?? request.headers?.cookie
      if (exchange.status !== 401 || !point.works || carried === undefined || renewals >= 5)
        return { value, exchange }
      renewals += 1
      await lab.renew?.()
    }
  }

  return {
    canary,
    random,
    factors,
    newMark,
    losses,
    spent: () => spent,
    ownOf: (point) => String(valueAt(freshen(point.request(), random), point.place)),
    open: (operation) =>
      !limits.signal.aborted &&
      spent < limits.requests &&
      lab.nowMs() < limits.endMs &&
      losses.filter((loss) => loss.operation === operation).length < MOST_LOSSES,
    shoot: async (point, { role, make, product, mark = newMark() }) => {
      const { value, exchange } = await send(point, (own) => make(own, mark))
      const sent = textOf(value)
      await mourn(point, sent, exchange)
      const seen = await seenOf(mark)
      return {
        role,
        sent,
        mark,
        exchange,
        shown: shownIn(exchange),
        ...seen,
        ...(product !== undefined && { product }),
      }
    },
    lookAgain: async (sighting) => ({ ...sighting, ...(await seenOf(sighting.mark)) }),
  }
}
