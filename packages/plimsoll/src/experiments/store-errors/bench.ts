import type { Lab, RequestOptions, Wire } from '../../lab/lab.ts'
import type { Whole } from '../../lab/operations/ground.ts'
import type { Exchange, StatementRecord } from '../../model/evidence.ts'
import type { Mark } from './faults.ts'

/** One request with what is known of it. */
export type Subject = {
  route: string
  request: RequestOptions
  isWrite: boolean
  undisturbed: Exchange
  /** null for reads */
  whole: Whole | null
  mark(at: 'data' | 'write' | 'commit'): Mark | null
}

/** Where requests are disturbed. */
export type Bench = {
  lab: Lab
  wire: Wire
  background: ReadonlySet<string>
  signal: AbortSignal
  /** the process runs, nothing is open, and the contents are those of the beginning; false when that failed */
  reset(): Promise<boolean>
  /** what of the subject's effect is there */
  effect(subject: Subject): Promise<'none' | 'whole' | 'more' | 'other' | null>
}

export const BODY_CHARACTERS = 2_000

/** Parts of a connection's state that say whether it is still busy with a request. */
const QUIET_MS = 40
const EVERY_MS = 10

export type Open = { connection: number; transaction: 'T' | 'E'; ms: number }

const openOf = (wire: Wire, since: number, nowMs: number): Open[] => {
  const last = new Map<number, StatementRecord>()
  for (const record of wire.since(since)) last.set(record.connection, record)
  return wire.connections().flatMap(({ id, closedAtMs, transaction }) => {
    const record = last.get(id)
    if (closedAtMs !== null || record === undefined) return []
    if (transaction !== 'T' && transaction !== 'E') return []
    return [{ connection: id, transaction, ms: Math.round(nowMs - record.atMs - (record.durationMs ?? 0)) }]
  })
}

/**
 * Waits until the connections of the statements since the mark are idle and nothing more is sent, at most that long.
 * Resolves with those that still stand in a transaction and have nothing to do.
 */
export const awaitIdle = async (
  { lab, wire, background }: Bench,
  since: number,
  limitMs: number,
): Promise<Open[]> => {
  const fromMs = lab.nowMs()
  let seen = wire.mark()
  let quietFromMs = fromMs
  for (;;) {
    const nowMs = lab.nowMs()
    const isSending = wire.since(seen).some(({ shape }) => !background.has(shape))
    const isPending = wire.connections().some(({ pending, closedAtMs }) => closedAtMs === null && pending > 0)
    if (isSending || isPending) {
      seen = wire.mark()
      quietFromMs = nowMs
    }
    const open = openOf(wire, since, nowMs)
    if (open.length === 0 && nowMs - quietFromMs >= QUIET_MS) return []
    if (nowMs - fromMs >= limitMs) return isPending ? [] : open
    await lab.sleep(EVERY_MS)
  }
}
