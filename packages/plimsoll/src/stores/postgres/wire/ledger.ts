import type { DecoderEvents } from '../../../instruments/wire/protocol.ts'
import type { StatementRecord } from '../../../model/evidence.ts'
import type { Names, Prepared } from './prepared.ts'
import { createRecords, type Outcome } from './records.ts'

/** What the store owes for one message of the app; it pays in order. */
export type Owed =
  | { kind: 'parse'; name: string; prepared: Prepared }
  | { kind: 'describe'; prepared: Prepared | undefined }
  | { kind: 'execute'; record: StatementRecord }
  | { kind: 'query'; records: readonly StatementRecord[]; answered: number }
  | { kind: 'sync' }
  /** the app has ended a copy of which the store has not spoken yet; nothing is owed for it */
  | { kind: 'copied' }

/** Why the store refused a statement. */
type StoreError = { sqlstate: string; constraint?: string }

export type Refused = { bytes: Buffer; sqlstate: string }

/** The store ignored it, because an earlier statement of the batch had failed. */
const SKIPPED = '25P02'

/**
 * Who is owed what: keeps the app's messages in order until the store has answered them, and fills in the records.
 * After an error the store ignores everything up to the next Sync, and so does the ledger.
 */
export type Ledger = ReturnType<typeof createLedger>

export const createLedger = (events: DecoderEvents, names: Names) => {
  const owed: Owed[] = []
  const records = createRecords(events)
  const refusals = new Map<StatementRecord, Refused>()
  let started = false
  let skipping = false
  let copying = false
  /** messages of the extended protocol were sent since the last Sync */
  let batch = false
  let rows = 0

  const complete = (record: StatementRecord, outcome: Outcome) => {
    rows = 0
    records.complete(record, outcome)
  }

  const head = (): Owed | undefined => {
    while (owed[0]?.kind === 'copied') owed.shift()
    return owed[0]
  }

  const owe = (one: Owed) => {
    if (one.kind !== 'query' && one.kind !== 'sync') batch = true
    owed.push(one)
  }

  const answered = (outcome: Outcome) => {
    const first = head()
    if (first?.kind === 'execute') {
      owed.shift()
      complete(first.record, outcome)
    } else if (first?.kind === 'query') {
      const next = first.records[first.answered]
      first.answered += 1
      if (next) complete(next, outcome)
    }
  }

  /** The first statement takes the blame; the others of the batch are skipped. */
  const failBatch = (error: StoreError) => {
    const end = owed.findIndex((one) => one.kind === 'sync')
    if (end === -1) skipping = true
    const lost = owed.splice(0, end === -1 ? owed.length : end)
    let blamed = false
    for (const one of lost) {
      if (one.kind === 'parse') names.prepared.delete(one.name)
      if (one.kind === 'execute') {
        complete(one.record, blamed ? { sqlstate: SKIPPED } : error)
        blamed = true
      }
    }
    const parse = lost[0]
    if (!blamed && parse?.kind === 'parse') complete(records.open(parse.prepared.text, []), error)
  }

  const failed = (error: StoreError) => {
    copying = false
    const first = head()
    if (first?.kind === 'query') {
      const [blamed, ...rest] = first.records.slice(first.answered)
      first.answered = first.records.length
      if (blamed) complete(blamed, error)
      for (const one of rest) complete(one, { sqlstate: SKIPPED })
    } else if (batch || owed.length > 0) failBatch(error)
  }

  const ready = (state: 'I' | 'T' | 'E') => {
    if (!started) {
      started = true
      return events.ready(state)
    }
    for (let first = owed.shift(); first; first = owed.shift()) {
      if (first.kind === 'query') for (const one of first.records.slice(first.answered)) complete(one, {})
      if (first.kind === 'query' || first.kind === 'sync') break
      if (first.kind === 'execute') complete(first.record, {})
    }
    records.settle(state)
    events.ready(state)
  }

  const current = (): StatementRecord | undefined => {
    const first = head()
    if (first?.kind === 'execute') return first.record
    return first?.kind === 'query' ? first.records[0] : undefined
  }

  return {
    owe,
    record: records.open,
    answered,
    failed,
    ready,
    /** the server ignores what the app sends, up to the next Sync */
    skips: () => skipping,
    sync: () => {
      // In the middle of a copy the server does not read a Sync as one.
      if (copying) return
      skipping = false
      batch = false
      owe({ kind: 'sync' })
    },
    row: () => {
      rows += 1
    },
    suspended: () => answered({ rows }),
    /** the server process that serves this connection */
    session: events.session,
    parsed: () => {
      if (head()?.kind === 'parse') owed.shift()
    },
    described: (types: readonly number[]) => {
      const first = head()
      if (first?.kind !== 'describe') return
      owed.shift()
      if (first.prepared) first.prepared.types = types
    },
    copyIn: () => {
      // What the app sent before it ended the copy is read as part of it, a Sync too.
      const end = owed.findIndex((one) => one.kind === 'copied')
      copying = end === -1
      const during = owed.splice(1, end === -1 ? owed.length : end)
      owed.splice(1, 0, ...during.filter((one) => one.kind !== 'sync' && one.kind !== 'copied'))
    },
    copySent: () => {
      if (!copying) owed.push({ kind: 'copied' })
      copying = false
    },
    refuse: (blamed: StatementRecord, refused: Refused) => {
      refusals.set(blamed, refused)
    },
    refusing: () => refusals.size > 0,
    /** the bytes that take the place of the error now arriving, if it is one that we ordered */
    takeRefusal: (): Buffer | null => {
      const blamed = current()
      const refused = blamed && refusals.get(blamed)
      if (!blamed || !refused) return null
      refusals.delete(blamed)
      failed({ sqlstate: refused.sqlstate })
      return refused.bytes
    },
    /** nothing more will be answered */
    end: () => {
      const left = owed.splice(0).flatMap((one) => {
        if (one.kind === 'query') return one.records.slice(one.answered)
        return one.kind === 'execute' && one.record.durationMs === null ? [one.record] : []
      })
      for (const one of new Set(left)) events.completed(one)
    },
  }
}
