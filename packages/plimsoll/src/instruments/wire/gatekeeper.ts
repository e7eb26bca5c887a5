import type { StatementRecord } from '../../model/evidence.ts'
import type { Gate, GateOrder } from './protocol.ts'

type Matches = (statement: StatementRecord) => boolean
type Waiter = { matches: Matches; found: (statement: StatementRecord | null) => void }

/** Who is asked before a statement goes on; shared by all connections of one wire. */
export type Gatekeeper = {
  /** nobody would be asked */
  idle(): boolean
  /** the first order, other than to pass, for one of the statements */
  ask(statements: readonly StatementRecord[]): GateOrder
  /** resolves when the order's time has come, or when everything held is released */
  hold(order: Extract<GateOrder, { do: 'delay' | 'hold' }>): Promise<void>
  /** replaces the gate and releases what the one before held */
  set(gate: Gate | null): void
  next(matches: Matches, timeoutMs: number, signal?: AbortSignal): Promise<StatementRecord | null>
  /** ends every wait */
  close(): void
}

const PASS: GateOrder = { do: 'pass' }

export const createGatekeeper = (): Gatekeeper => {
  const waiters = new Set<Waiter>()
  const held = new Set<() => void>()
  let gate: Gate | null = null

  const ask = (statements: readonly StatementRecord[]): GateOrder => {
    let first: GateOrder | undefined
    for (const statement of statements) {
      for (const waiter of waiters) if (waiter.matches(statement)) waiter.found(statement)
      const order = gate?.(statement, statements)
      if (order && order.do !== 'pass') first ??= order
    }
    return first ?? PASS
  }

  const hold: Gatekeeper['hold'] = (order) =>
    new Promise((resolve) => {
      const release = () => {
        clearTimeout(timer)
        held.delete(release)
        resolve()
      }
      const timer = order.do === 'delay' ? setTimeout(release, order.ms) : undefined
      if (order.do === 'hold') order.until.then(release, release)
      held.add(release)
    })

  const next: Gatekeeper['next'] = (matches, timeoutMs, signal) =>
    new Promise((resolve) => {
      const found = (statement: StatementRecord | null) => {
        clearTimeout(timer)
        signal?.removeEventListener('abort', aborted)
        waiters.delete(waiter)
        resolve(statement)
      }
      const aborted = () => found(null)
      const waiter = { matches, found }
      const timer = setTimeout(aborted, timeoutMs)
      waiters.add(waiter)
      if (signal?.aborted) found(null)
      else signal?.addEventListener('abort', aborted)
    })

  const set = (wanted: Gate | null) => {
    gate = wanted
    for (const release of held) release()
  }

  const close = () => {
    set(null)
    for (const waiter of waiters) waiter.found(null)
  }

  return { idle: () => gate === null && waiters.size === 0, ask, hold, set, next, close }
}
