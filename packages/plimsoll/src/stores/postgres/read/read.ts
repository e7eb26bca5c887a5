import pg from 'pg'
import { fault } from '../../../base/errors/fault.ts'
import type { Endpoint, ReadOptions, ReadRows } from '../../define.ts'
import { connect } from '../connect.ts'
import { withReader } from './reader-role.ts'

const MOST_COUNTED = 10_000
const MOST_BYTES = 32 << 20

const asText = { getTypeParser: () => (value: unknown) => value }

const messageOf = (thrown: unknown) => (thrown instanceof Error ? thrown.message : String(thrown))

const textOf = (value: unknown): string | null =>
  value === null || value === undefined ? null : String(value)

/** The extended protocol takes one statement: the store itself refuses several. */
const oneStatement = (text: string) => {
  const config = { text, rowMode: 'array', queryMode: 'extended', types: asText } as const
  return new pg.Query<unknown[]>(config)
}

type Collecting = { client: pg.Client; query: ReturnType<typeof oneStatement>; options: ReadOptions }

/** Keeps the first rows, counts the others, and stops at what is more than anybody reads. */
const collect = ({ client, query, options: { mostRows, signal } }: Collecting): Promise<ReadRows> =>
  new Promise((resolve, reject) => {
    const rows: (string | null)[][] = []
    let counted = 0
    let bytes = 0
    let columns: string[] = []
    const { stream } = client.connection
    const measure = (part: Buffer) => {
      bytes += part.length
      if (bytes > MOST_BYTES) end(() => reject(new Error(`its answer is over ${MOST_BYTES >> 20} MB`)))
    }
    const abort = () => end(() => reject(signal.reason))
    let isOver = false
    const end = (settle: () => void) => {
      if (isOver) return
      isOver = true
      stream.off('data', measure)
      signal.removeEventListener('abort', abort)
      settle()
    }
    const done = () => end(() => resolve({ columns, rows, more: counted - rows.length }))
    const name = ({ fields }: pg.QueryResult) => {
      columns = fields.map((field) => field.name)
    }
    query.on('row', (row, result) => {
      if (counted === 0 && result !== undefined) name(result)
      counted += 1
      if (rows.length < mostRows) rows.push(row.map(textOf))
      if (counted >= MOST_COUNTED) done()
    })
    query.on('end', (result) => {
      if (!isOver) name(result)
      done()
    })
    query.on('error', (thrown) => end(() => reject(thrown)))
    stream.on('data', measure)
    signal.addEventListener('abort', abort, { once: true })
    client.query(query)
  })

const readAs = async (endpoint: Endpoint, sql: string, options: ReadOptions): Promise<ReadRows> => {
  const client = await connect(endpoint)
  try {
    await client.query(
      `BEGIN READ ONLY; SET LOCAL statement_timeout = ${Math.ceil(options.timeoutMs)}; SELECT 1`,
    )
    return await collect({ client, query: oneStatement(sql), options })
  } catch (thrown) {
    options.signal.throwIfAborted()
    throw fault('E_QUERY_REFUSED', { problem: messageOf(thrown).replace(/\.$/, '') }, { cause: thrown })
  } finally {
    // Nothing was committed: with the connection the transaction ends.
    await client.end().catch(() => undefined)
  }
}

/** One statement in a transaction that is read only and never committed, by a role that may only read. */
export const read = async (endpoint: Endpoint, sql: string, options: ReadOptions): Promise<ReadRows> => {
  options.signal.throwIfAborted()
  const admin = await connect(endpoint)
  try {
    return await withReader(admin, endpoint, (as) => readAs(as, sql, options))
  } finally {
    await admin.end().catch(() => undefined)
  }
}
