import { type Ground, putBack } from '../../lab/operations/ground.ts'
import type { ProfiledStatement } from '../../lab/operations/profile.ts'
import { settle } from '../../lab/operations/settle.ts'
import type { Exchange } from '../../model/evidence.ts'
import { ageKey } from './age-key.ts'
import { countedOf, totalOf } from './effects.ts'
import type { References } from './keyed-row.ts'
import type { Retried } from './seen.ts'
import { cutBody, isGood, isRefused } from './send-step.ts'
import { carrying, type KeyedOperation, newKey } from './use-key.ts'

const MOST_CUTS = 3
const RETRY_MS = 5_000
const PAUSE_MS = 250
const SQL_CHARACTERS = 400

/** The nth statement of a shape, whose work is kept once the store has answered it. */
type Target = { sql: string; shape: string; nth: number; kind: 'commit' | 'write' }

/** Commits of what was written, and writes outside a transaction. */
const targetsIn = (statements: readonly ProfiledStatement[]): Target[] => {
  const open = new Map<number, 'empty' | 'written'>()
  const counts = new Map<string, number>()
  return statements.flatMap(({ sql, shape, connection, facts }): Target[] => {
    const nth = (counts.get(shape) ?? 0) + 1
    counts.set(shape, nth)
    if (facts.kind === 'begin') open.set(connection, 'empty')
    if (facts.kind === 'rollback') open.delete(connection)
    const state = open.get(connection)
    if (facts.kind === 'commit') {
      open.delete(connection)
      return state === 'written' ? [{ sql, shape, nth, kind: 'commit' }] : []
    }
    if (facts.kind !== 'write') return []
    if (state !== undefined) open.set(connection, 'written')
    return state === undefined ? [{ sql, shape, nth, kind: 'write' }] : []
  })
}

const choose = (targets: readonly Target[]): Target[] =>
  targets.length <= MOST_CUTS ? [...targets] : [...targets.slice(0, MOST_CUTS - 1), ...targets.slice(-1)]

/** The store carries the statement out, and the app never hears of it. */
const arm = ({ controlled: { wire } }: Ground, target: Target) => {
  let count = 0
  let struck = false
  wire.gate(({ shape }) => {
    if (shape !== target.shape || struck) return undefined
    count += 1
    if (count < target.nth) return undefined
    struck = true
    return { do: 'cut', when: 'after-reply-withheld' }
  })
  return () => {
    wire.heal()
    return struck
  }
}

const IN_PROGRESS: ReadonlySet<number | null> = new Set([409, 423, 425, 429])

/** A refusal that says "not now" may end; any other one is an answer. */
const isFinal = (exchange: Exchange) =>
  isGood(exchange) || (isRefused(exchange) && !IN_PROGRESS.has(exchange.status))

const revive = async ({ lab }: Ground) => {
  if ((await lab.target.exited(100)) === null) return
  await lab.target.restart()
  await lab.target.ready(30_000)
}

const retry = async (ground: Ground, operation: KeyedOperation, key: string): Promise<Exchange[]> => {
  const { lab, signal } = ground
  const fromMs = lab.nowMs()
  const retries: Exchange[] = []
  while (!signal.aborted) {
    const exchange = await lab.http.request({ timeoutMs: RETRY_MS, ...carrying(operation, key), signal })
    retries.push(cutBody(exchange))
    if (isFinal(exchange) || lab.nowMs() - fromMs > RETRY_MS) break
    await lab.sleep(PAUSE_MS)
  }
  return retries
}

const loseOne = async (
  ground: Ground,
  operation: KeyedOperation,
  { once, twice, lens }: References,
  target: Target,
): Promise<Retried | null> => {
  const { lab, controlled, background, signal } = ground
  if (!(await putBack(ground))) return null
  const key = newKey(ground)
  const disarm = arm(ground, target)
  const cut = await lab.http.request({ timeoutMs: 10_000, ...carrying(operation, key), signal })
  const struck = disarm()
  await revive(ground)
  await settle(lab, controlled.wire, background)
  const fromMs = lab.nowMs()
  const retries = await retry(ground, operation, key)
  const retriedMs = lab.nowMs() - fromMs
  await settle(lab, controlled.wire, background)
  const changes = await controlled.checkpoint.changes()
  const last = retries.at(-1)
  const isStuck = last !== undefined && !isFinal(last) && last.status !== null && last.status < 500
  return {
    sql: target.sql.slice(0, SQL_CHARACTERS),
    kind: target.kind,
    struck,
    cut: cutBody(cut),
    retries: retries.length > 2 ? [...retries.slice(0, 1), ...retries.slice(-1)] : retries,
    retriedMs,
    ...totalOf(countedOf(ground, changes, lens), once, twice),
    freedByAge:
      isStuck && (await ageKey(ground, changes, key)) ? isGood(await send(ground, operation, key)) : null,
  }
}

const send = ({ lab, signal }: Ground, operation: KeyedOperation, key: string) =>
  lab.http.request({ timeoutMs: RETRY_MS, ...carrying(operation, key), signal })

/** A client that heard nothing asks again with its key, after each reply of the store that may get lost. */
export const loseReplies = async (
  ground: Ground,
  operation: KeyedOperation,
  references: References,
): Promise<Retried[]> => {
  const found: Retried[] = []
  for (const target of choose(targetsIn(references.alone.statements))) {
    if (ground.signal.aborted) break
    const one = await loseOne(ground, operation, references, target)
    if (one === null) break
    found.push(one)
    if (one.outcome === 'more') break
  }
  return found
}
