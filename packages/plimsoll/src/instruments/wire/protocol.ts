import type { StatementRecord } from '../../model/evidence.ts'

/**
 * What a gate may order for one statement, before it reaches the store. The race scheduler, slow-store and
 * graceful-shutdown are all gates.
 */
export type GateOrder =
  | { do: 'pass' }
  /** forward after that many milliseconds */
  | { do: 'delay'; ms: number }
  /** forward when the promise settles */
  | { do: 'hold'; until: Promise<void> }
  /** do not forward; answer with this SQLSTATE as the store itself would */
  | { do: 'fail'; sqlstate: string; message: string }
  /** close both sides; `after-reply-withheld` forwards, waits for the store's answer, and cuts before relaying it */
  | { do: 'cut'; when: 'before' | 'after-reply-withheld' }

/** A statement about to be forwarded. The record is live: duration, rows and state are filled in on reply. */
export type Gate = (statement: StatementRecord) => GateOrder | undefined

/**
 * Decoder of one store's wire protocol for one connection, made anew for each.
 *
 * ```
 *   app ──bytes──▶ fromClient ──▶ [gate] ──▶ store
 *   app ◀──────────────────────── fromStore ◀──bytes── store
 * ```
 * **Contract:** never copies row data; never throws: bytes it cannot frame switch it to blind pass-through, which
 * it reports once through `events.blind`. It frames in place across chunk borders.
 */
export type Decoder = {
  /**
   * Splits a chunk from the app into units. Each unit is forwarded as is; a unit that carries statements names
   * them so that the proxy can ask the gate before it forwards.
   */
  fromClient(chunk: Buffer): ClientUnit[]
  /** Looks at a chunk from the store; completes statements. The chunk is forwarded unchanged. */
  fromStore(chunk: Buffer): void
  /** Bytes that make the app see an error the way the store itself would send it; null when not possible now. */
  errorReply(sqlstate: string, message: string): Buffer | null
  /** Bytes of an unsolicited fatal error, sent before an orderly close (57P01 for PostgreSQL) */
  shutdownNotice(): Buffer | null
  /** the side connection is gone: close what is open in the records */
  end(): void
}

export type ClientUnit = {
  bytes: Buffer
  /** statements whose execution this unit asks for, in order; empty for plumbing */
  statements: StatementRecord[]
}

export type DecoderEvents = {
  connection: number
  nowMs: () => number
  statement(record: StatementRecord): void
  completed(record: StatementRecord): void
  blind(reason: string): void
}

export type Protocol = { id: string; decode(events: DecoderEvents): Decoder }
