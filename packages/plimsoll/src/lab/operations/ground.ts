import { isRateLimited, RATE_LIMITED } from '../../model/reading/rate-limit.ts'
import type { Changes } from '../../stores/define.ts'
import type { Lab } from '../lab.ts'
import type { ControlledStore } from './controlled-store.ts'
import { canonical, learnMask, type Mask, sameChanges } from './mask.ts'
import type { Operation } from './operation.ts'
import { type Profile, profile } from './profile.ts'
import { takeControl } from './take-control.ts'

/** Where one operation after the other is disturbed, each from the same contents. */
export type Ground = {
  lab: Lab
  controlled: ControlledStore
  /** shapes that come without any request */
  background: ReadonlySet<string>
  /** tables that any request writes to: last seen, request counters */
  ambient: ReadonlySet<string>
  signal: AbortSignal
}

/** What an operation does when nothing disturbs it. */
export type Whole = {
  profile: Profile
  /** canonical, without ambient tables */
  effect: Changes
  mask: Mask
}

/** Counters jump by that much between the two runs from which chance is learnt. */
const SKIP = 37

const GETS = 3

/**
 * Tables that any request writes to (last seen, access log, counters): all requests that should write nothing, and
 * that come to the store at all, change them.
 */
export const watchAmbient = async (
  lab: Lab,
  controlled: ControlledStore,
  background: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<Set<string>> => {
  const reads = lab.known.filter(({ request }) => request.method === 'GET')
  const own = reads.filter(({ request }) => request.headers !== undefined)
  let ambient: Set<string> | null = null
  for (const { request } of (own.length > 0 ? own : reads).slice(0, GETS)) {
    const seen = await profile(lab, request, controlled, { background, signal })
    if (seen === null || seen.statements.length === 0) continue
    const changed = Object.keys(seen.changes)
    ambient = new Set(ambient === null ? changed : changed.filter((table) => ambient?.has(table)))
  }
  return ambient ?? new Set()
}

/** The caller closes `controlled.checkpoint`; a reason where operations cannot be controlled here. */
export const openGround = async (
  lab: Lab,
  signal: AbortSignal,
): Promise<{ ground: Ground } | { reason: string }> => {
  const control = await takeControl(lab)
  if ('reason' in control) return control
  const { controlled, background } = control
  const ambient = await watchAmbient(lab, controlled, background, signal)
  return { ground: { lab, controlled, background, ambient, signal } }
}

const hasOpenTransaction = ({ controlled: { wire } }: Ground): boolean =>
  wire
    .connections()
    .some(
      ({ closedAtMs, transaction }) => closedAtMs === null && (transaction === 'T' || transaction === 'E'),
    )

/**
 * Contents back in place and the process running: a transaction that stayed open ends with the process, which is
 * started again. Resolves false when the contents could not be put back.
 * @param skip counters go on from that much further
 */
export const putBack = async (ground: Ground, skip = 0): Promise<boolean> => {
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

/** Changes as they are compared: canonical, without ambient tables. */
export const effectOf = ({ ambient }: Ground, changes: Changes, mask: Mask): Changes =>
  Object.fromEntries(
    Object.entries(canonical(changes, mask, { nowEpochMs: Date.now() })).filter(
      ([table]) => !ambient.has(table),
    ),
  )

/** Sends the operation as things are now, and sees what is different from the checkpoint afterwards. */
export const sendNow = async (
  { lab, controlled, background, signal }: Ground,
  { request }: Operation,
  timeoutMs = 12_000,
): Promise<Profile | null> =>
  profile(lab, { timeoutMs, ...request }, controlled, { background, restore: false, signal })

const isGood = ({ status }: { status: number | null }) => status !== null && status >= 200 && status < 400

/** Sends it twice undisturbed, so that clocks, counters and chance show; a reason where it cannot be compared. */
export const learnWhole = async (ground: Ground, operation: Operation): Promise<Whole | string> => {
  const runs: Profile[] = []
  for (const skip of [0, SKIP]) {
    const run = (await putBack(ground, skip)) ? await sendNow(ground, operation) : null
    if (run === null) return 'the contents could not be put back'
    if (isRateLimited(run.exchange)) return RATE_LIMITED
    if (!isGood(run.exchange)) return `sent alone, it answered ${run.exchange.status ?? run.exchange.error}`
    if (!run.settled) return 'it goes on for more than 5 s after its answer'
    runs.push(run)
  }
  const [first, second] = runs
  if (first === undefined || second === undefined) return 'it could not be sent twice'
  const mask = learnMask([first.changes, second.changes])
  const effect = effectOf(ground, first.changes, mask)
  if (!sameChanges(effect, effectOf(ground, second.changes, mask)))
    return 'sent twice on the same data, it did not do the same'
  return { profile: first, effect, mask }
}
