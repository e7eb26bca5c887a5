import type { Exchange, StatementRecord } from '../../packages/plimsoll/src/model/evidence.ts'
import type { Judgement } from '../../packages/plimsoll/src/model/verdict.ts'

/** An answer with 200 after 12 ms; every part can be replaced. */
export const exchange = (parts: Partial<Exchange> = {}): Exchange => ({
  method: 'GET',
  path: '/books',
  requestHeaders: {},
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: '[]',
  atMs: 100,
  durationMs: 12,
  ...parts,
})

/** A request that had no answer. */
export const unanswered = (error: string, durationMs = 12): Exchange =>
  exchange({ status: null, headers: {}, body: '', error, durationMs })

/** One statement as the wire saw it. */
export const statement = (parts: Partial<StatementRecord> = {}): StatementRecord => ({
  connection: 1,
  sql: 'SELECT * FROM books',
  shape: 'select * from books',
  parameters: [],
  atMs: 100,
  durationMs: 1,
  rows: 3,
  transaction: 'I',
  ...parts,
})

/** What a reader of a report sees of a judgement, without its evidence. */
export const worded = ({ status, subject, title, detail, severity, tier }: Judgement) => ({
  status,
  subject,
  title,
  detail,
  ...(severity !== undefined && { severity }),
  ...(tier !== undefined && { tier }),
})

/** `proven postgres: survival`, a line for each judgement. */
export const lines = (judgements: readonly Judgement[]): string[] =>
  judgements.map(({ status, tier, subject }) =>
    [status, tier, subject].filter((word) => word !== undefined).join(' '),
  )
