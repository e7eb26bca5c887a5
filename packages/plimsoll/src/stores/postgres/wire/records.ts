import type { DecoderEvents } from '../../../instruments/wire/protocol.ts'
import type { StatementRecord } from '../../../model/evidence.ts'
import type { SqlText } from './sql-text.ts'

/** How the store answered; rows add up when one statement is read in portions. */
export type Outcome = { rows?: number | null; sqlstate?: string; constraint?: string }

/** The records of one connection's statements. */
export type Records = {
  open(text: SqlText, parameters: (string | null)[]): StatementRecord
  complete(record: StatementRecord, outcome: Outcome): void
  /** the transaction state after the answers of this turn */
  settle(state: 'I' | 'T' | 'E'): void
}

export const createRecords = (events: DecoderEvents): Records => {
  const unsettled: StatementRecord[] = []

  const open: Records['open'] = (text, parameters) => {
    const record: StatementRecord = {
      connection: events.connection,
      sql: text.sql,
      shape: text.shape,
      parameters,
      atMs: events.nowMs(),
      durationMs: null,
      rows: null,
      sqlstate: undefined,
      transaction: null,
    }
    events.statement(record)
    return record
  }

  const complete: Records['complete'] = (record, { rows, sqlstate, constraint }) => {
    const again = record.durationMs !== null
    record.durationMs = Math.max(0, events.nowMs() - record.atMs)
    if (typeof rows === 'number') record.rows = (record.rows ?? 0) + rows
    if (sqlstate !== undefined) record.sqlstate = sqlstate
    if (constraint !== undefined) record.constraint = constraint
    unsettled.push(record)
    if (!again) events.completed(record)
  }

  const settle: Records['settle'] = (state) => {
    for (const record of unsettled) record.transaction = state
    unsettled.length = 0
  }

  return { open, complete, settle }
}
