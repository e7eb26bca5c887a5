import type { Lab } from '../../lab/lab.ts'
import {
  effectOf,
  type Ground,
  learnWhole,
  openGround,
  putBack,
  sendNow,
  type Whole,
} from '../../lab/operations/ground.ts'
import { sameChanges } from '../../lab/operations/mask.ts'
import { type Operation, operationsOf } from '../../lab/operations/operation.ts'
import { isRateLimited, RATE_LIMITED } from '../../model/reading/rate-limit.ts'
import { compareEffects, outcomeOf } from './effect.ts'
import type { Seen, Torn, Try } from './index.ts'
import { type FaultPoint, faultPoints, writesOf } from './points.ts'

const MOST_OPERATIONS = 8
/** Each hang costs its whole patience: a few are enough to see. */
const MOST_HANGS = 2
const SQL_CHARACTERS = 400
const BODY_CHARACTERS = 2_000
const MOST_STATEMENTS = 30

/** Disk full: no app takes it for a refusal of its own data. */
const FAILURE = { sqlstate: '53100', message: 'could not extend file: No space left on device' }

/** Strikes once, at the nth statement of the shape; what it returns ends it and says whether it struck. */
const arm = ({ controlled: { wire } }: Ground, point: FaultPoint, fault: Try['fault']) => {
  let count = 0
  let struck = false
  wire.gate(({ shape }) => {
    if (shape !== point.shape || struck) return undefined
    count += 1
    if (count < point.nth) return undefined
    struck = true
    return fault === 'fail' ? { do: 'fail', ...FAILURE } : { do: 'cut', when: 'before' }
  })
  return () => {
    wire.heal()
    return struck
  }
}

/** A caller who gets an error asks again: some operations are made so that this completes them. */
const sendAgain = async (ground: Ground, operation: Operation, whole: Whole): Promise<Try['again']> => {
  if (ground.lab.target.exit() !== null) return null
  const seen = await sendNow(ground, operation)
  if (seen === null) return null
  return sameChanges(whole.effect, effectOf(ground, seen.changes, whole.mask)) ? 'whole' : 'other'
}

type Order = { operation: Operation; whole: Whole; point: FaultPoint; fault: Try['fault'] }

const tearOnce = async (ground: Ground, { operation, whole, point, fault }: Order): Promise<Try | null> => {
  const { lab, controlled, background } = ground
  if (!(await putBack(ground))) return null
  const mark = controlled.wire.mark()
  const disarm = arm(ground, point, fault)
  const seen = await sendNow(ground, operation)
  const struck = disarm()
  if (seen === null) return null
  const left = compareEffects(whole.effect, effectOf(ground, seen.changes, whole.mask))
  const isPart = struck && outcomeOf(left) === 'part'
  const statements = controlled.wire.since(mark).filter(({ shape }) => !background.has(shape))
  return {
    fault,
    place: point.place,
    sql: point.sql.slice(0, SQL_CHARACTERS),
    struck,
    exchange: { ...seen.exchange, body: seen.exchange.body.slice(0, BODY_CHARACTERS) },
    left,
    exited: lab.target.exit() !== null,
    again: isPart ? await sendAgain(ground, operation, whole) : null,
    statements: isPart ? statements.slice(0, MOST_STATEMENTS) : [],
    origin: isPart ? lab.origin(point.sql, operation.known.route) : null,
  }
}

const tearOperation = async (ground: Ground, operation: Operation): Promise<Torn> => {
  const whole = await learnWhole(ground, operation)
  const torn: Torn = { route: operation.label, writes: 0, undisturbed: null, reason: '', tries: [] }
  if (typeof whole === 'string') return { ...torn, reason: whole }
  const { exchange, statements } = whole.profile
  torn.undisturbed = { ...exchange, body: exchange.body.slice(0, BODY_CHARACTERS) }
  torn.writes = writesOf(statements).length
  if (torn.writes < 2 || Object.keys(whole.effect).length === 0) return torn
  for (const point of faultPoints(statements)) {
    for (const fault of ['fail', 'cut'] as const) {
      if (ground.signal.aborted) return torn
      const one = await tearOnce(ground, { operation, whole, point, fault })
      if (one === null) return { ...torn, reason: 'the contents could not be put back' }
      if (isRateLimited(one.exchange)) return { ...torn, reason: RATE_LIMITED }
      torn.tries.push(one)
      if (torn.tries.filter(({ exchange: { error } }) => error === 'timeout').length >= MOST_HANGS)
        return torn
    }
  }
  return torn
}

const mayTear = ({ known }: Operation) => Object.values(known.writes).some((count) => count > 1)

/** Every operation that writes more than once, torn at each of its writes. */
export const tearOperations = async (
  lab: Lab,
  signal: AbortSignal,
  focus: readonly string[] | undefined,
): Promise<Seen> => {
  const seen: Seen = { store: lab.store?.id ?? '', reason: '', operations: [], single: [] }
  const opened = await openGround(lab, signal)
  if ('reason' in opened) return { ...seen, reason: opened.reason }
  const { ground } = opened
  try {
    const all = operationsOf(lab).filter(({ label }) => focus?.includes(label) ?? true)
    seen.single = all.filter((one) => !mayTear(one)).map(({ label }) => label)
    for (const operation of all.filter(mayTear).slice(0, MOST_OPERATIONS)) {
      if (signal.aborted) break
      const torn = await tearOperation(ground, operation)
      if (torn.reason === '' && torn.tries.length === 0) seen.single.push(torn.route)
      else seen.operations.push(torn)
    }
  } finally {
    await ground.controlled.checkpoint.close()
  }
  return seen
}
