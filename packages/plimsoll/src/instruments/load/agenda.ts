import { createRandom } from '../../base/random/random.ts'
import { type Schedule, scheduleArrivals } from './arrivals.ts'
import type { LoadPlan } from './load.ts'
import { createMix } from './mix.ts'
import { type Prepared, prepareRequest } from './prepare-request.ts'

/** One of several threads that share a plan, counted from 0. */
export type Share = { index: number; of: number }

/** What is to be sent next, and when: the same for a seed, however many threads share it, and whatever the target does. */
export type Agenda = {
  /** since the run began; Infinity when there is nothing more to send */
  readonly atMs: number
  readonly operation: number
  readonly request: Prepared
  advance(): void
}

const WHENEVER: Schedule = () => 0

export const createAgenda = (plan: LoadPlan, { index, of }: Share): Agenda => {
  const { arrivals, operations, durationMs } = plan
  const isClosed = arrivals.kind === 'closed'
  const random = createRandom(plan.seed).fork(`fill ${index}`)
  const prepared = operations.map(({ requests }) =>
    requests.map((each) => prepareRequest(each, plan, random)),
  )
  const turns = operations.map(() => 0)
  const seed = isClosed ? plan.seed + index : plan.seed
  const next = isClosed ? WHENEVER : scheduleArrivals(arrivals, durationMs, seed)
  const choose = createMix(
    operations.map(({ weight }) => weight),
    seed,
  )
  const step = isClosed ? 1 : of
  let count = isClosed ? 0 : -1 - index

  const draw = () => {
    const atMs = next()
    const operation = choose()
    const turn = turns[operation] ?? 0
    turns[operation] = turn + 1
    count += 1
    return { atMs, operation, turn }
  }

  const requestOf = (operation: number, turn: number): Prepared => {
    const requests = prepared[operation] ?? []
    const request = requests[turn % requests.length]
    if (request === undefined) throw new Error(`operation ${operation} has no request`)
    return request
  }

  const take = () => {
    let drawn = draw()
    while (count % step !== 0 && drawn.atMs !== Number.POSITIVE_INFINITY) drawn = draw()
    return { ...drawn, request: requestOf(drawn.operation, drawn.turn) }
  }

  let at = take()
  return {
    get atMs() {
      return at.atMs
    },
    get operation() {
      return at.operation
    },
    get request() {
      return at.request
    },
    advance: () => {
      at = take()
    },
  }
}
