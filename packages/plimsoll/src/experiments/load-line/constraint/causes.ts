import { formatDigits, formatNumber } from '../../../base/text/numbers.ts'
import type { OperationSeen } from '../seen.ts'
import type { Cause } from './evidence.ts'

export type Blame = {
  cause: Cause
  operation: string
  title: string
  fact: string
  sql: string | null
  repairs: string[]
}

const MANY_STATEMENTS = 10
const LARGE_BYTES = 100_000
/** An operation that blocks the loop this long lets nobody else in meanwhile. */
const LONG_BUSY_MS = 5
const LONG_STATEMENT_MS = 5
/** Of what the workload costs, as much as one operation must cause to be the one that is named. */
const MOST_OF_IT = 0.4

const NONE = 0

/** Of the whole, what each operation causes: its share of the requests times what one of it costs. */
const heaviest = (
  operations: readonly OperationSeen[],
  cost: (operation: OperationSeen) => number,
): { operation: OperationSeen; part: number } | null => {
  const loads = operations.map((operation) => ({ operation, load: operation.share * cost(operation) }))
  const all = loads.reduce((sum, { load }) => sum + load, NONE)
  const [first] = loads.sort((a, b) => b.load - a.load)
  if (first === undefined || all === 0) return null
  return { operation: first.operation, part: first.load / all }
}

const kilobytes = (bytes: number) => `${formatNumber(Math.round(bytes / 1_000))} kB`
const ms = (value: number) => `${formatDigits(value, 2)} ms`

/** A list that asks for each of its rows by a statement of its own. */
export const blameRepeats = (operations: readonly OperationSeen[]): Blame | null => {
  const worst = heaviest(operations, ({ cost }) => cost.repeated?.times ?? 0)
  const repeated = worst?.operation.cost.repeated
  if (!worst || !repeated || repeated.times < MANY_STATEMENTS) return null
  const busiest = heaviest(operations, ({ cost }) => cost.busyMs ?? cost.p50Ms)
  if (busiest !== null && busiest.part > 1 - MOST_OF_IT && busiest.operation !== worst.operation) return null
  const { name, cost } = worst.operation
  const statements = formatNumber(Math.round(cost.statements ?? repeated.times))
  return {
    cause: 'repeated statements',
    operation: name,
    title: `${statements} statements a request on ${name}`,
    fact: `${name} sends ${statements} statements a request, ${formatNumber(Math.round(repeated.times))} of which are the same but for their values`,
    sql: repeated.shape,
    repairs: [
      'Ask once for all rows: a join, = ANY($1) with the ids, or a loader that batches.',
      'Bound how many rows a list returns.',
    ],
  }
}

/** Answers so large that making them is the work. */
export const blameLargeAnswers = (operations: readonly OperationSeen[]): Blame | null => {
  const worst = heaviest(operations, ({ cost }) => cost.bytes)
  if (worst === null || worst.operation.cost.bytes < LARGE_BYTES || worst.part < MOST_OF_IT) return null
  const { name, cost } = worst.operation
  return {
    cause: 'large answers',
    operation: name,
    title: `answers of ${kilobytes(cost.bytes)} on ${name}`,
    fact: `${name} answers with ${kilobytes(cost.bytes)}, which takes ${ms(cost.p50Ms)} alone`,
    sql: cost.slowest?.shape ?? null,
    repairs: ['Give the list an end: LIMIT with a cursor.', 'Return only the fields that are used.'],
  }
}

/** Work on the event loop that lets nothing else run. */
export const blameBlocking = (operations: readonly OperationSeen[]): Blame | null => {
  const worst = heaviest(operations, ({ cost }) => cost.busyMs ?? 0)
  const busyMs = worst?.operation.cost.busyMs ?? 0
  if (worst === null || busyMs < LONG_BUSY_MS || worst.part < MOST_OF_IT) return null
  const { name } = worst.operation
  return {
    cause: 'blocking work',
    operation: name,
    title: `the event loop, which ${name} keeps busy for ${ms(busyMs)} a request`,
    fact: `${name} keeps the busiest thread of the app busy for ${ms(busyMs)} a request`,
    sql: null,
    repairs: [
      'Take synchronous work (hashing, compression, large JSON, templates) off the event loop: the asynchronous form, or a worker thread.',
      'Hash what cannot be guessed (long random keys) with a fast hash; slow ones are for passwords.',
    ],
  }
}

/** A statement that takes most of its request's time. */
export const blameStatement = (operations: readonly OperationSeen[]): Blame | null => {
  const worst = heaviest(operations, ({ cost }) => cost.slowest?.ms ?? 0)
  const slowest = worst?.operation.cost.slowest
  if (!worst || !slowest || slowest.ms < LONG_STATEMENT_MS || worst.part < MOST_OF_IT) return null
  if (slowest.ms < worst.operation.cost.p50Ms / 2) return null
  const { name } = worst.operation
  return {
    cause: 'slow statement',
    operation: name,
    title: `one statement of ${ms(slowest.ms)} on ${name}`,
    fact: `one statement of ${name} takes ${ms(slowest.ms)} when nothing else runs`,
    sql: slowest.shape,
    repairs: [
      'EXPLAIN (ANALYZE, BUFFERS) it: an index that fits its WHERE and ORDER BY, or a smaller result.',
    ],
  }
}
