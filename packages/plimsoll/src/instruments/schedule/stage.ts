import type { StatementRecord } from '../../model/evidence.ts'
import type { Actor, Turn } from '../../model/schedule.ts'
import type { Gate } from '../wire/protocol.ts'
import { createAttribute } from './attribute.ts'
import { type Held, isUnderWay, type Lane, openLane } from './lane.ts'
import type { PlayOptions } from './options.ts'
import { reaches } from './point.ts'
import { createSteps, type Steps } from './steps.ts'

type Unit = readonly StatementRecord[]

/** Two requests, one gate on the wire, and the order of who may go on. */
export type Stage = {
  lanes: Readonly<Record<Actor, Lane>>
  steps: Steps
  otherOf(lane: Lane): Lane
  /** lets this request run, until it stands before the point; sends it if need be */
  run(lane: Lane, until: Turn['until']): void
  /** lets everything run, in whatever order it comes */
  free(): void
  /** resolves when something was heard of a request, at the latest after that time, or when the play is stopped */
  changed(ms: number): Promise<void>
  /** connections that are not closed */
  open(): ReadonlySet<number>
  /** the store's numbers of the sessions on these connections */
  sessionsOf(connections: Iterable<number>): Set<number>
  /** takes the gate away and lets go what it held; idempotent */
  close(): void
}

/** Of two requests on their way, the one that has sent statements of this shape less often; A when they are equal. */
const likelier = (lanes: Stage['lanes'], unit: Unit): Actor | null => {
  const [first, second] = [lanes.A, lanes.B].filter(isUnderWay)
  if (!first || !second) return first?.actor ?? null
  const shape = unit[0]?.shape
  const count = (lane: Lane) =>
    [...lane.passed, ...lane.held.flatMap((held) => held.unit)].filter((one) => one.shape === shape).length
  return count(second) < count(first) ? second.actor : first.actor
}

export const openStage = (options: PlayOptions): Stage => {
  const { wire, facts, send, labels, signal } = options
  const lanes = { A: openLane('A'), B: openLane('B') }
  const steps = createSteps(facts, options.nowMs)
  let running: { lane: Lane; until: Turn['until'] } | null = null
  let isFree = false
  let closed = false
  let wake = () => {}

  const attribute = createAttribute({
    ...options,
    otherwise: (unit) => (isFree || !running ? likelier(lanes, unit) : running.lane.actor),
  })

  const hear = (lane: Lane) => {
    lane.heard += 1
    wake()
  }

  const isPoint = (lane: Lane, unit: Unit) =>
    running?.lane === lane && reaches(running.until, { passed: lane.passed, unit, facts })

  const mustWait = (lane: Lane, unit: Unit) => {
    if (isFree || lane.answered) return false
    return running?.lane !== lane || lane.held.length > 0 || isPoint(lane, unit)
  }

  /** The first that is kept back stands at the point, if the turn ends there. */
  const stand = (lane: Lane) => {
    const [first] = lane.held
    if (!first || first.atPoint || !isPoint(lane, first.unit)) return
    first.atPoint = true
    steps.held(lane.actor, first.unit)
  }

  const gate: Gate = (statement, unit) => {
    // The order for the first statement is the order for the piece.
    if (statement !== unit[0]) return undefined
    const actor = attribute(unit)
    if (actor === null) return undefined
    const lane = lanes[actor]
    hear(lane)
    if (!mustWait(lane, unit)) {
      lane.passed.push(...unit)
      steps.passed(actor, unit)
      return undefined
    }
    const until = new Promise<void>((release) => {
      lane.held.push({ unit, atPoint: false, release })
    })
    stand(lane)
    return { do: 'hold', until }
  }

  const letGo = (lane: Lane, { unit, atPoint, release }: Held) => {
    lane.held.shift()
    lane.passed.push(...unit)
    const isOpen = open()
    // A piece whose connection is gone goes nowhere.
    if (unit.every(({ connection }) => isOpen.has(connection)))
      steps[atPoint ? 'released' : 'passed'](lane.actor, unit)
    release()
  }

  const letGoWhile = (lane: Lane, may: (held: Held) => boolean) => {
    for (let first = lane.held[0]; first && may(first); first = lane.held[0]) letGo(lane, first)
  }

  const answer = (lane: Lane, exchange: Lane['answer']) => {
    lane.answered = true
    lane.answer = exchange
    if (!closed) steps.answered(lane.actor, String(exchange?.status ?? exchange?.error ?? 'no answer'))
    hear(lane)
  }

  const start = (lane: Lane) => {
    lane.sent = true
    steps.sent(lane.actor, labels[lane.actor])
    send[lane.actor]().then(
      (exchange) => answer(lane, exchange),
      () => answer(lane, null),
    )
  }

  const open = () =>
    new Set(wire.connections().flatMap(({ id, closedAtMs }) => (closedAtMs === null ? [id] : [])))

  const free = () => {
    isFree = true
    for (const lane of [lanes.A, lanes.B]) letGoWhile(lane, () => true)
  }

  const stopped = () => wake()

  wire.gate(gate)
  signal.addEventListener('abort', stopped)
  return {
    lanes,
    steps,
    otherOf: (lane) => (lane.actor === 'A' ? lanes.B : lanes.A),
    run: (lane, until) => {
      running = { lane, until }
      letGoWhile(lane, ({ unit }) => !isPoint(lane, unit))
      stand(lane)
      if (!lane.sent) start(lane)
    },
    free,
    changed: (ms) =>
      new Promise((resolve) => {
        wake = resolve
        options.sleep(ms).then(resolve, () => resolve())
      }),
    open,
    sessionsOf: (connections) => {
      const wanted = new Set(connections)
      const sessions = wire.connections().flatMap(({ id, session }) => (wanted.has(id) ? [session] : []))
      return new Set(sessions.filter((session) => session !== null))
    },
    close: () => {
      if (closed) return
      free()
      closed = true
      signal.removeEventListener('abort', stopped)
      wire.gate(null)
    },
  }
}
