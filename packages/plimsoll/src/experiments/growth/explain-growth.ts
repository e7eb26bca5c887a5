import { formatDigits, formatNumber } from '../../base/text/numbers.ts'
import type { Operation, WholeRead } from './seen.ts'
import type { Traced } from './trace-growth.ts'

/** Grows with the rows, one for one. */
const IN_STEP = 0.8
/** An index spares little where more than this share of the rows is wanted. */
const FEW = 0.1

/** Why an operation takes longer with more rows, most telling first; null when that was not found. */
export type Reason = { /** what it does, after its name */ does: string; repairs: string[]; isList: boolean }

const indexFor = ({ table, rows, kept, equal, order, filter }: WholeRead): string[] => {
  const columns = equal.length > 0 && kept <= FEW * rows ? equal : filter === null ? order : []
  if (columns.length > 0) return [`CREATE INDEX ON ${table} (${columns.join(', ')});`]
  if (filter !== null && kept <= FEW * rows) {
    return [
      `An index that serves the condition on ${table}; for a part of a text, a trigram index (pg_trgm) or full-text search.`,
    ]
  }
  return [`Read less of ${table}: a page of it, or a total that is kept beside the rows.`]
}

/** The largest of the tables that are read whole; small ones are read whole by right. */
export const largestWhole = ({ cause }: Operation, { last }: Traced): WholeRead | null => {
  const [largest] = [...(cause?.whole ?? [])].sort((a, b) => b.rows - a.rows)
  return largest !== undefined && largest.rows >= last.rows / 2 ? largest : null
}

export const explainGrowth = (operation: Operation, traced: Traced): Reason | null => {
  const whole = largestWhole(operation, traced)
  if (traced.bytes >= IN_STEP && traced.rows >= IN_STEP) {
    return {
      does: 'answers every row there is',
      repairs: [
        'Answer in pages: a LIMIT that the server sets, and a key to go on from (WHERE id > $1 ORDER BY id).',
      ],
      isList: true,
    }
  }
  if (whole !== null) {
    const sorts = whole.filter === null && whole.order.length > 0
    return {
      does: `${sorts ? 'sorts' : 'reads'} the whole table ${whole.table}`,
      repairs: indexFor(whole),
      isList: false,
    }
  }
  if (traced.statements >= IN_STEP) {
    return {
      does: 'runs one more statement for every row',
      repairs: ['Fetch them together: a join, or one statement with WHERE key = ANY($1).'],
      isList: false,
    }
  }
  if (traced.rows >= IN_STEP) {
    return {
      does: 'fetches every row there is',
      repairs: ['Let the store count, sum or choose, and fetch only what the answer holds.'],
      isList: false,
    }
  }
  return null
}

/** `14 MB`, `820 kB`, `312 bytes`. */
export const formatBytes = (bytes: number): string => {
  if (bytes >= 1e6) return `${formatDigits(bytes / 1e6, 2)} MB`
  return bytes >= 1e3 ? `${formatDigits(bytes / 1e3, 2)} kB` : `${formatNumber(Math.round(bytes))} bytes`
}
