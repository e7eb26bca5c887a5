import type pg from 'pg'
import type { Layout, Table } from './layout.ts'
import { rowsNow, SAVED, saveRows } from './rows.ts'

/** What is kept: the rows in the session, and here by table (its index) what tells whether it has changed. */
export type Saved = Layout & {
  /** hash of the rows' texts */
  contents: Map<number, string>
  /** hash of where the rows lie and who wrote them, when the table last was found to hold what is saved */
  places: Map<number, string>
  /** which transactions had ended when no table was found to differ: as long as these are all, none does */
  ended: string | null
}

const CONTENT = "count(*) || ' ' || coalesce(sum(hashtextextended(line, 0)), 0)"

/** The same places and writers are the same rows, without a look into them; others may be the same rows. */
const PLACE = "count(*) || ' ' || coalesce(sum(hashtextextended(ctid::text || ' ' || xmin::text, 0)), 0)"

type Hash = { tab: number; hash: string }

const readHashes = async (client: pg.Client, selects: readonly string[]): Promise<Map<number, string>> => {
  if (selects.length === 0) return new Map()
  const { rows } = await client.query<Hash>(selects.join(' UNION ALL '))
  return new Map(rows.map(({ tab, hash }) => [tab, hash]))
}

export const save = async (client: pg.Client, layout: Layout): Promise<Saved> => {
  const steps = [
    'BEGIN ISOLATION LEVEL REPEATABLE READ',
    `CREATE TEMP TABLE plimsoll_saved (tab int, line text COLLATE "C", nth bigint)`,
    ...layout.tables.map(saveRows),
    `CREATE INDEX ON ${SAVED} (tab)`,
    `ANALYZE ${SAVED}`,
    'COMMIT',
  ]
  await client.query(steps.join(';\n'))
  const contents = await readHashes(client, [`SELECT tab, ${CONTENT} AS hash FROM ${SAVED} GROUP BY tab`])
  return { ...layout, contents, places: new Map(), ended: null }
}

const EMPTY = '0 0'

const readEnded = async (client: pg.Client): Promise<string | null> => {
  const { rows } = await client.query<{ ended: string }>('SELECT pg_current_snapshot()::text AS ended')
  return rows[0]?.ended ?? null
}

/** Indexes of the tables that hold other rows than saved. `tables` are those to look at. */
export const findDiffering = async (
  client: pg.Client,
  saved: Saved,
  tables: ReadonlyMap<number, Table>,
): Promise<number[]> => {
  const ended = await readEnded(client)
  if (ended !== null && ended === saved.ended) return []
  const places = await readHashes(
    client,
    [...tables].map(([index, { sql }]) => `SELECT ${index} AS tab, ${PLACE} AS hash FROM ONLY ${sql}`),
  )
  const touched = [...tables].filter(([index]) => places.get(index) !== saved.places.get(index))
  const contents = await readHashes(
    client,
    touched.map(([index, table]) => `SELECT ${index} AS tab, ${CONTENT} AS hash FROM ${rowsNow(table)} n`),
  )
  const differing: number[] = []
  for (const [index] of touched) {
    const place = places.get(index)
    if (contents.get(index) !== (saved.contents.get(index) ?? EMPTY)) differing.push(index)
    else if (place !== undefined) saved.places.set(index, place)
  }
  if (differing.length === 0) saved.ended = ended
  return differing
}
