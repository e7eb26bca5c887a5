import { formatNumber } from '../../../base/text/numbers.ts'
import { shortenSql } from '../../../model/reading/shorten-sql.ts'
import { type Blame, blameBlocking, blameLargeAnswers, blameRepeats, blameStatement } from './causes.ts'
import type { Constraint, ConstraintEvidence, Resource } from './evidence.ts'
import { tellUsage } from './tell-usage.ts'
import { percent, type Usage, usageOf } from './usage.ts'

/** A thread that has this much of a processor has no more to give. */
const BUSY_LOOP = 0.9
/** Where app, store and sender share processors that are all in use, the loop waits for one, too. */
const BUSY_LOOP_ON_A_FULL_MACHINE = 0.55
const FULL_MACHINE = 0.9
const BUSY_SESSIONS = 0.8
const LOCKED = 0.5
const MUCH_IN_USE = 0.5
const TAKEN_BY_OTHERS = 0.3
const MOST_OF_THE_TIME = 0.6
const MOST_OF_THE_PROCESSORS = 0.5
/** A machine with enough memory hardly ever waits for it. */
const SHORT_OF_MEMORY = 0.2

type Named = Pick<Constraint, 'resource' | 'title' | 'sql' | 'repairs'> & { cause?: Blame | null }

const isFull = ({ machine }: Usage) => machine !== null && machine >= FULL_MACHINE

const isLoopBusy = (usage: Usage) =>
  usage.loop !== null && usage.loop >= (isFull(usage) ? BUSY_LOOP_ON_A_FULL_MACHINE : BUSY_LOOP)

const byLock = ({ pressed: { sessions } }: ConstraintEvidence, usage: Usage): Named | null => {
  if (sessions === null || sessions.active < 1) return null
  if (usage.waitingForLock === null || usage.waitingForLock < LOCKED) return null
  const waiter = sessions.statements.find(({ lock }) => lock >= LOCKED) ?? sessions.statements[0]
  return {
    resource: 'lock',
    title: waiter === undefined ? 'a lock' : `a lock that ${shortenSql(waiter.sql, 60)} waits for`,
    sql: waiter?.sql ?? null,
    repairs: [
      'Take the lock last and commit right after it: what takes time comes before.',
      'Avoid the one row that all want: a sequence, a counter in parts, an insert that is summed up later.',
    ],
  }
}

const LOOP_CAUSES = [blameRepeats, blameLargeAnswers, blameBlocking]
const ALL_CAUSES = [...LOOP_CAUSES, blameStatement]

const firstOf = (causes: typeof ALL_CAUSES, operations: ConstraintEvidence['operations']): Blame | null =>
  causes.map((blame) => blame(operations)).find((found) => found !== null) ?? null

const byLoop = ({ operations }: ConstraintEvidence, usage: Usage): Named | null => {
  if (!isLoopBusy(usage)) return null
  const cause = firstOf(LOOP_CAUSES, operations)
  return {
    resource: 'event loop',
    title: cause?.title ?? 'the event loop of the one process',
    sql: cause?.sql ?? null,
    cause,
    repairs: cause?.repairs ?? [
      'Profile a request (node --cpu-prof): parsing, validation and serialisation are the usual cost.',
      'Run a process for each processor: cluster, or more instances.',
    ],
  }
}

/** The store has the larger part of the processors, and one statement most of its time. */
const byStatement = ({ pressed, operations }: ConstraintEvidence, usage: Usage): Named | null => {
  const [top] = pressed.sessions?.statements ?? []
  const storeBusy =
    usage.storeCores !== null && usage.storeCores >= MOST_OF_THE_PROCESSORS * Math.max(1, usage.cores)
  if (top === undefined || top.share < MOST_OF_THE_TIME || !storeBusy) return null
  const cause = blameRepeats(operations) ?? blameStatement(operations)
  const named = `one statement, ${percent(top.share)} of the database's time: ${shortenSql(top.sql, 60)}`
  return {
    resource: 'statement',
    title: cause?.title ?? named,
    sql: cause?.sql ?? top.sql,
    cause,
    repairs: cause?.repairs ?? [
      'EXPLAIN (ANALYZE, BUFFERS) it: an index that fits its WHERE and ORDER BY, or a smaller result.',
      'Keep its answer for as long as it may be old.',
    ],
  }
}

/** All connections in use, more requests than connections, and processors to spare. */
const byPool = ({ pressed }: ConstraintEvidence, usage: Usage): Named | null => {
  const { sessions, busySessions } = usage
  if (busySessions === null || busySessions < BUSY_SESSIONS || pressed.open <= sessions) return null
  if (isLoopBusy(usage) || isFull(usage)) return null
  return {
    resource: 'pool',
    title: `the pool of ${formatNumber(Math.round(sessions))}`,
    sql: null,
    repairs: [
      'Give the pool more connections, as far as the store allows for all instances together.',
      'Hold a connection for a shorter time: no calls to others inside a transaction.',
    ],
  }
}

const byProcessors = ({ operations }: ConstraintEvidence, usage: Usage): Named | null => {
  if (!isFull(usage)) return null
  const { appCores, storeCores, ownCores } = usage
  const [most] = [
    { resource: 'app processors' as Resource, of: 'the app', cores: appCores ?? 0 },
    { resource: 'store processors' as Resource, of: 'the database', cores: storeCores ?? 0 },
    { resource: 'generator' as Resource, of: 'the sender', cores: ownCores ?? 0 },
  ].sort((a, b) => b.cores - a.cores)
  if (most === undefined) return null
  const cause = firstOf(ALL_CAUSES, operations)
  return {
    resource: most.cores >= MOST_OF_THE_PROCESSORS * usage.cores ? most.resource : 'machine',
    title:
      cause?.title ??
      `the ${formatNumber(usage.cores)} processors of this machine, most of them in ${most.of}`,
    sql: cause?.sql ?? null,
    cause,
    repairs: cause?.repairs ?? [
      'Measure on a machine where app, store and sender have processors of their own.',
    ],
  }
}

const byThrottle = ({ pressed: { gauge } }: ConstraintEvidence): Named | null =>
  gauge.throttledMs !== null && gauge.throttledMs > gauge.durationMs / 5
    ? {
        resource: 'machine',
        title: `the container's limit of processor time, which stopped processes for ${percent(gauge.throttledMs / gauge.durationMs)} of the time`,
        sql: null,
        repairs: ['Raise the limit of processor time, or take it away.'],
      }
    : null

/** What is swapped or reclaimed again and again slows everything else, so this comes before it. */
const byMemory = ({ pressed: { gauge } }: ConstraintEvidence): Named | null => {
  const waited = gauge.memoryPressure ?? 0
  if (waited < SHORT_OF_MEMORY) return null
  const held =
    gauge.appMemoryMb === null ? '' : `; the app holds ${formatNumber(Math.round(gauge.appMemoryMb))} MB`
  return {
    resource: 'memory',
    title: `memory, for which processes waited ${percent(waited)} of the time${held}`,
    sql: null,
    repairs: [
      'Bound what each request holds: page long lists, stream large answers, keep less between requests.',
      'Give the machine, or the container, more memory.',
    ],
  }
}

/** What others took away is no limit of the service, but it is what kept it from carrying more. */
const byOthers = ({ pressed: { gauge }, operations }: ConstraintEvidence): Named | null => {
  const share = ((gauge.foreignCores ?? 0) + (gauge.stolenCores ?? 0)) / Math.max(1, gauge.cores)
  if (share < TAKEN_BY_OTHERS) return null
  const cause = firstOf(ALL_CAUSES, operations)
  return {
    resource: 'machine',
    title: cause?.title ?? `the rest of the machine, of which others used ${percent(share)}`,
    sql: cause?.sql ?? null,
    cause,
    repairs: cause?.repairs ?? ['Measure on a machine that does nothing else.'],
  }
}

/** Nothing is used up for certain, but one operation is known to do what would use up that of which much is in use. */
const byCause = (
  { operations }: ConstraintEvidence,
  { loop, machine, busySessions }: Usage,
): Named | null => {
  if (Math.max(loop ?? 0, machine ?? 0, busySessions ?? 0) < MUCH_IN_USE) return null
  const cause = firstOf(ALL_CAUSES, operations)
  if (cause === null) return null
  const { title, sql, repairs } = cause
  return { resource: 'unknown', title, sql: sql ?? null, cause, repairs }
}

const unknown = (usage: Usage): Named => ({
  resource: 'unknown',
  title:
    usage.loop === null && usage.busySessions === null
      ? 'something that this system does not let us see'
      : 'a wait inside the app: neither its loop, nor processors, nor connections were used up',
  sql: null,
  repairs: ['Look for what the app itself queues: a semaphore, a rate limit, a call to another service.'],
})

/**
 * What keeps the service from carrying more, named from what was seen beside the load and from what each operation
 * costs alone. The first that holds: a lock explains full pools, a busy loop explains waiting connections.
 */
export const nameConstraint = (evidence: ConstraintEvidence): Constraint => {
  const usage = usageOf(evidence)
  const named =
    byThrottle(evidence) ??
    byMemory(evidence) ??
    byLock(evidence, usage) ??
    byLoop(evidence, usage) ??
    byStatement(evidence, usage) ??
    byPool(evidence, usage) ??
    byProcessors(evidence, usage) ??
    byOthers(evidence) ??
    byCause(evidence, usage) ??
    unknown(usage)
  const { cause = null, ...rest } = named
  return {
    ...rest,
    cause: cause?.cause ?? null,
    operation: cause?.operation ?? null,
    facts: [...(cause === null ? [] : [cause.fact]), ...tellUsage(evidence, usage)],
  }
}
