import type { StatementRecord } from '../../model/evidence.ts'
import type { Gate } from './protocol.ts'

/** Faults of the connection itself, whatever the protocol. Each lasts until `heal()` or the end of the process. */
export type ConnectionFault =
  /** added to every chunk towards the app */
  | { kind: 'latency'; ms: number; jitterMs?: number }
  /** existing connections get a TCP reset; new ones are accepted and reset */
  | { kind: 'reset' }
  /** bytes are read and thrown away; nothing answers, nothing closes */
  | { kind: 'black-hole' }
  /** existing connections closed; new ones refused at connect */
  | { kind: 'refuse' }
  /** like `refuse`, but existing connections first get the store's own shutdown notice (57P01) */
  | { kind: 'shutdown' }
  /** the store's close reaches the app that much later */
  | { kind: 'slow-close'; ms: number }
  | { kind: 'bandwidth'; bytesPerSecond: number }

export type FaultScope = {
  /** only the first n connections opened after the order, for example "drop the first two" */
  firstConnections?: number
  /** only these connections */
  connections?: readonly number[]
}

export type WireConnection = {
  id: number
  openedAtMs: number
  closedAtMs: number | null
  transaction: 'I' | 'T' | 'E' | null
  /** the store's own number of the session, as `Waiting` names it; null where it did not say */
  session: number | null
  /** statements forwarded and not answered */
  pending: number
  /** set when the decoder gave up: the bytes still pass, but statements are not seen */
  blind: string | null
}

/** Our place between the app and one store. Times are milliseconds since the lab opened. */
export type Wire = {
  /** member of the stores family */
  store: string
  host: string
  port: number
  connections(): WireConnection[]
  /** every statement so far, oldest first; live records */
  statements(): readonly StatementRecord[]
  /** a mark to ask `statements` since then */
  mark(): number
  since(mark: number): StatementRecord[]
  inject(fault: ConnectionFault, scope?: FaultScope): void
  /** ends every fault and gate; held statements go on */
  heal(): void
  /** at most one gate at a time; null removes it and releases what it held */
  gate(gate: Gate | null): void
  /** resolves with the next statement that matches, in the moment in which it is about to be forwarded */
  next(
    matches: (statement: StatementRecord) => boolean,
    timeoutMs: number,
    signal?: AbortSignal,
  ): Promise<StatementRecord | null>
  /** resolves true when the store has answered it, false when it did not within that time or never will */
  answered(statement: StatementRecord, timeoutMs: number, signal?: AbortSignal): Promise<boolean>
  close(): Promise<void>
}
