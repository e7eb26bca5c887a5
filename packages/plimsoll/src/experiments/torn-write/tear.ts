import type { Lab } from '../../lab/lab.ts'
import { type ControlledStore, controlStore } from '../../lab/operations/controlled-store.ts'
import { canonical, learnMask, type Mask, sameChanges } from '../../lab/operations/mask.ts'
import { type Operation, operationsOf } from '../../lab/operations/operation.ts'
import { type Profile, profile } from '../../lab/operations/profile.ts'
import { watchBackground } from '../../lab/operations/settle.ts'
import { isRateLimited, RATE_LIMITED } from '../../model/reading/rate-limit.ts'
import type { Changes } from '../../stores/define.ts'
import { compareEffects, outcomeOf } from './effect.ts'
import type { Seen, Torn, Try } from './index.ts'
import { type FaultPoint, faultPoints, writesOf } from './points.ts'

const MOST_OPERATIONS = 8
/** Counters jump by that much between the two undisturbed runs. */
const SKIP = 37
const SQL_CHARACTERS = 400

/** Disk full: no app takes it for a refusal of its own data. */
const FAILURE = { sqlstate: '53100', message: 'could not extend file: No space left on device' }

type Ground = {
  lab: Lab
  controlled: ControlledStore
  background: ReadonlySet<string>
  /** tables that any request writes to: last seen, request counters */
  ambient: ReadonlySet<string>
  signal: AbortSignal
}

/** What the undisturbed operation does, twice. */
type Whole = { profile: Profile; effect: Changes; mask: Mask }

const isGood = ({ status }: { status: number | null }) => status !== null && status >= 200 && status < 400

const hasOpenTransaction = ({ controlled: { wire } }: Ground): boolean =>
  wire
    .connections()
    .some(({ closedAtMs, transaction }) => closedAtMs === null && /[TE]/.test(transaction ?? ''))

/** Contents back in place, the process running; a transaction that stayed open ends with the process. */
const putBack = async (ground: Ground, skip = 0): Promise<boolean> => {
  const { lab, controlled } = ground
  const isGone = lab.target.exit() !== null
  if (!isGone && !hasOpenTransaction(ground) && (await controlled.checkpoint.restore({ skip }))) return true
  if (!isGone) {
    lab.target.signal('SIGKILL')
    await lab.target.exited(10_000)
  }
  await lab.target.restart()
  await lab.target.ready(30_000)
  return controlled.checkpoint.restore({ skip })
}

const runAlone = async (ground: Ground, operation: Operation, skip = 0): Promise<Profile | null> => {
  const { lab, controlled, background, signal } = ground
  if (!(await putBack(ground, skip))) return null
  return profile(lab, operation.request, controlled, { background, restore: false, signal })
}

const effectOf = ({ ambient }: Ground, changes: Changes, mask: Mask): Changes =>
  Object.fromEntries(
    Object.entries(canonical(changes, mask, { nowEpochMs: Date.now() })).filter(
      ([table]) => !ambient.has(table),
    ),
  )

/** Twice undisturbed, so that clocks, counters and chance show; or why it cannot be compared. */
const learnWhole = async (ground: Ground, operation: Operation): Promise<Whole | string> => {
  const first = await runAlone(ground, operation)
  const second = await runAlone(ground, operation, SKIP)
  if (first === null || second === null) return 'the contents could not be put back'
  for (const { exchange } of [first, second]) {
    if (isRateLimited(exchange)) return RATE_LIMITED
    if (!isGood(exchange)) return `sent alone, it answered ${exchange.status ?? exchange.error}`
  }
  const mask = learnMask([first.changes, second.changes])
  const effect = effectOf(ground, first.changes, mask)
  if (!sameChanges(effect, effectOf(ground, second.changes, mask)))
    return 'sent twice on the same data, it did not do the same'
  return { profile: first, effect, mask }
}

/** Strikes once, at the nth statement of the shape. */
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

const tearOnce = async (
  ground: Ground,
  operation: Operation,
  whole: Whole,
  point: FaultPoint,
  fault: Try['fault'],
): Promise<Try | null> => {
  const { lab, controlled, background, signal } = ground
  if (!(await putBack(ground))) return null
  const mark = controlled.wire.mark()
  const disarm = arm(ground, point, fault)
  const request = { ...operation.request, timeoutMs: 12_000 }
  const seen = await profile(lab, request, controlled, { background, restore: false, signal })
  const struck = disarm()
  if (seen === null) return null
  const left = compareEffects(whole.effect, effectOf(ground, seen.changes, whole.mask))
  const isPart = struck && outcomeOf(left) === 'part'
  return {
    fault,
    place: point.place,
    sql: point.sql.slice(0, SQL_CHARACTERS),
    struck,
    exchange: { ...seen.exchange, body: seen.exchange.body.slice(0, 2_000) },
    left,
    exited: (await lab.target.exited(0)) !== null,
    again: isPart ? await sendAgain(ground, operation, whole) : null,
    statements: isPart
      ? controlled.wire
          .since(mark)
          .filter(({ shape }) => !background.has(shape))
          .slice(0, 30)
      : [],
    origin: isPart ? lab.origin(point.sql, operation.known.route) : null,
  }
}

/** A caller who gets an error asks again: some operations are made so that this completes them. */
const sendAgain = async (ground: Ground, operation: Operation, whole: Whole): Promise<Try['again']> => {
  const { lab, controlled, background, signal } = ground
  if (lab.target.exit() !== null) return null
  const seen = await profile(lab, operation.request, controlled, { background, restore: false, signal })
  if (seen === null) return null
  return sameChanges(whole.effect, effectOf(ground, seen.changes, whole.mask)) ? 'whole' : 'other'
}

const tearOperation = async (ground: Ground, operation: Operation): Promise<Torn> => {
  const whole = await learnWhole(ground, operation)
  const torn: Torn = { route: operation.label, writes: 0, undisturbed: null, reason: '', tries: [] }
  if (typeof whole === 'string') return { ...torn, reason: whole }
  const { exchange, statements } = whole.profile
  torn.undisturbed = { ...exchange, body: exchange.body.slice(0, 2_000) }
  torn.writes = writesOf(statements).length
  if (torn.writes < 2 || Object.keys(whole.effect).length === 0) return torn
  for (const point of faultPoints(statements)) {
    for (const fault of ['fail', 'cut'] as const) {
      if (ground.signal.aborted) return torn
      const one = await tearOnce(ground, operation, whole, point, fault)
      if (one === null) return { ...torn, reason: 'the contents could not be put back' }
      if (isRateLimited(one.exchange)) return { ...torn, reason: torn.tries.length > 0 ? '' : RATE_LIMITED }
      torn.tries.push(one)
    }
  }
  return torn
}

/** What any request writes shows in one that should write nothing. */
const watchAmbient = async (
  lab: Lab,
  controlled: ControlledStore,
  background: ReadonlySet<string>,
  signal: AbortSignal,
) => {
  const reads = lab.known.filter(({ request }) => request.method === 'GET')
  const own = reads.find(({ request }) => request.headers !== undefined) ?? reads[0]
  if (own === undefined) return new Set<string>()
  const seen = await profile(lab, own.request, controlled, { background, signal })
  return new Set(Object.keys(seen?.changes ?? {}))
}

const mayTear = ({ known }: Operation) => Object.values(known.writes).some((count) => count > 1)

/** Every operation that writes more than once, torn at each of its writes. */
export const tearOperations = async (
  lab: Lab,
  signal: AbortSignal,
  focus: readonly string[] | undefined,
): Promise<Seen> => {
  const seen: Seen = { store: lab.store?.id ?? '', reason: '', operations: [], single: [] }
  const control = await controlStore(lab)
  if ('reason' in control) return { ...seen, reason: control.reason }
  const { controlled } = control
  try {
    const background = await watchBackground(lab, controlled.wire)
    const ambient = await watchAmbient(lab, controlled, background, signal)
    const ground: Ground = { lab, controlled, background, ambient, signal }
    const all = operationsOf(lab).filter(({ label }) => focus?.includes(label) ?? true)
    seen.single = all.filter((one) => !mayTear(one)).map(({ label }) => label)
    for (const operation of all.filter(mayTear).slice(0, MOST_OPERATIONS)) {
      if (signal.aborted) break
      const torn = await tearOperation(ground, operation)
      if (torn.reason === '' && torn.tries.length === 0) seen.single.push(torn.route)
      else seen.operations.push(torn)
    }
  } finally {
    await controlled.checkpoint.close()
  }
  return seen
}
