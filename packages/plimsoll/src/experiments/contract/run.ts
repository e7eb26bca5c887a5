import type { Api } from '../../contract/api.ts'
import { openSchemas } from '../../contract/generate/open-schemas.ts'
import type { Lab } from '../../lab/lab.ts'
import { createHarvest } from '../../lab/speak/harvest.ts'
import { runChain } from './chain.ts'
import { type Focus, focusOf } from './focus.ts'
import { familiesOf } from './make-thing.ts'
import { type Operation, operationsOf } from './operations.ts'
import { createPace } from './pace.ts'
import { tryPages } from './paginate.ts'
import type { Seen } from './seen.ts'
import { createSender } from './send.ts'
import { createNotes, type Trial } from './trial.ts'
import { tryMethods } from './try-methods.ts'
import { tryOperation } from './try-operation.ts'

const PER_OPERATION = 70
const LEAST_REQUESTS = 240
const MOST_REQUESTS = 2_400
/** What is left over belongs to chains and pages. */
const SHARE = 0.7
/** Logins are watched: many that fail lock an account, or a client, out. */
const MOST_ON_SESSIONS = 8
const TIME_MS = 20_000
const TIME_PER_OPERATION_MS = 1_000
const MOST_TIME_MS = 60_000
/** Fewer of them are left when something is looked at again, and none may be cut short. */
const TIME_AGAIN_MS = 90_000

const NO_API: Api = {
  from: { kind: 'survey', where: '' },
  version: '',
  title: '',
  operations: [],
  definitions: {},
  problems: [],
}

type Paced = Trial & { share: number; timeMs: number }

const open = (lab: Lab, signal: AbortSignal, focused: boolean): Paced => {
  const api = lab.api ?? NO_API
  const operations = operationsOf(lab)
  const n = operations.length
  const mostRequests = Math.min(MOST_REQUESTS, Math.max(LEAST_REQUESTS, n * PER_OPERATION))
  const timeMs = focused
    ? TIME_AGAIN_MS
    : Math.min(MOST_TIME_MS, Math.max(TIME_MS, n * TIME_PER_OPERATION_MS))
  return {
    ...{ lab, api, operations, signal, families: familiesOf(operations) },
    schemas: openSchemas(api, 'request'),
    sender: createSender(lab, { signal, mostRequests, untilMs: lab.nowMs() + timeMs }),
    notes: createNotes(operations),
    harvest: createHarvest(),
    timeMs,
    share: Math.max(12, Math.floor((mostRequests * SHARE) / Math.max(1, n))),
  }
}

/**
 * Chains come before what is deleted for good, and before what may end the session. Resolves true where operations
 * had to do with less than their share.
 */
const tryAll = async (trial: Paced, focus: Focus): Promise<boolean> => {
  const of = (roles: readonly Operation['role'][]) =>
    trial.operations.filter(({ role, label }) => roles.includes(role) && focus.has(label))
  const { families } = trial
  const missed: Operation[] = []
  const varied = of(['read', 'write'])
  const clock = { nowMs: () => trial.lab.nowMs(), count: () => trial.sender.count() }
  const pace = createPace(clock, { operations: varied.length, share: trial.share, timeMs: trial.timeMs })
  for (const operation of varied)
    if (!(await tryOperation(trial, operation, pace.next()))) missed.push(operation)
  for (const family of families) {
    const parts = [family.create, family.read, family.replace, family.change, family.remove]
    if (parts.some((part) => part !== null && focus.has(part.label))) await runChain(trial, family)
  }
  // What was made since may be what they need.
  for (const operation of missed) await tryOperation(trial, operation, pace.next())
  for (const operation of of(['read']))
    await tryPages(trial, operation, families.find(({ list }) => list === operation) ?? null)
  if (focus.methods) await tryMethods(trial)
  for (const operation of of(['delete'])) await tryOperation(trial, operation, Math.min(trial.share, 16))
  for (const operation of of(['account'])) await tryOperation(trial, operation, trial.share)
  for (const operation of of(['session']))
    await tryOperation(trial, operation, Math.min(trial.share, MOST_ON_SESSIONS))
  return pace.isShort()
}

/** Tries every operation, or those that the subjects of an earlier execution speak of. */
export const tryContract = async (
  lab: Lab,
  { signal, focus }: { signal: AbortSignal; focus?: readonly string[] },
): Promise<Seen> => {
  const trial = open(lab, signal, focus !== undefined)
  const short = await tryAll(
    trial,
    focusOf(
      focus,
      trial.operations.map(({ label }) => label),
    ),
  )
  const { kind, where } = trial.api.from
  return {
    document: lab.api === undefined ? null : { kind, where },
    operations: trial.notes.operations(),
    anomalies: trial.notes.anomalies(),
    requests: trial.sender.count(),
    ended: trial.sender.ended(),
    short,
    focused: focus !== undefined,
  }
}
