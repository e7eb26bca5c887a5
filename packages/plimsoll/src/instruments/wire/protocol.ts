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

/**
 * A statement about to be forwarded, and all those that go with it in one piece, in order. The records are live:
 * duration, rows and state are filled in on reply. An order for one of them is an order for the piece.
 */
export type Gate = (statement: StatementRecord, unit: readonly StatementRecord[]) => GateOrder | undefined

/**
 * Decoder of one store's wire protocol for one connection, made anew for each.
 *
 * ```
 *   app ──bytes──▶ fromClient ──▶ [gate] ──▶ store
 *   app ◀──────── fromStore ◀──────bytes──── store
 * ```
 * **Contract:** never copies row data; never throws: bytes it cannot frame switch it to blind pass-through, which
 * it reports once through `events.blind`. It frames in place across chunk borders.
 */
export type Decoder = {
  /**
   * Splits a chunk from the app into units. A unit that carries statements names them so that the proxy can ask the
   * gate before it forwards. Bytes of an unfinished message are kept back until the rest has come.
   * @param whole there is no gate to ask, so statements may go in one unit that does not name them; default false
   */
  fromClient(chunk: Buffer, whole?: boolean): ClientUnit[]
  /**
   * Looks at a chunk from the store; completes statements. Returns what to relay: the chunk itself, or, where it
   * holds the answer to a refused unit, the chunk with that answer replaced. Keeps no part of the chunk, whose memory
   * is read into again.
   */
  fromStore(chunk: Buffer): Buffer
  /** How to make this unit's first statement fail the way the store itself would; null when that is not possible. */
  refuse(unit: ClientUnit, sqlstate: string, message: string): Refusal | null
  /** Bytes of an unsolicited fatal error, sent before an orderly close (57P01); null where it cannot be said now */
  shutdownNotice(): Buffer | null
  /** the side connection is gone: close what is open in the records */
  end(): void
}

export type ClientUnit = {
  /** forwarded as they are; the chunk itself when it is one unit; empty when we answer in the place of the store */
  bytes: Buffer
  /** statements whose execution this unit asks for, in order; empty for plumbing */
  statements: StatementRecord[]
  /** sent to the app, in the place of the store's own answer */
  reply?: Buffer
}

export type Refusal =
  /** forwarded instead of the unit: the store fails by itself, so that its transaction state is true */
  | { instead: Buffer }
  /** relayed to the app, then both sides are closed */
  | { fatal: Buffer }

export type DecoderEvents = {
  connection: number
  nowMs: () => number
  /** the app asked for it; it may still be held */
  statement(record: StatementRecord): void
  /** the store answered it, or will never answer it */
  completed(record: StatementRecord): void
  /** the store waits for the next command, in this transaction state */
  ready(transaction: 'I' | 'T' | 'E'): void
  /** the store has said its own number of this session, as its lists of sessions and locks name it */
  session(id: number): void
  blind(reason: string): void
}

export type Protocol = { id: string; decode(events: DecoderEvents): Decoder }
