import { quoteName } from '../../base/sql/quote.ts'
import type { Bench } from './bench.ts'

/** The row that holds one of these texts; null where the store cannot look for texts, or has none. */
export const findRow = async (
  { lab }: Pick<Bench, 'lab'>,
  texts: readonly string[],
): Promise<Record<string, unknown> | null> => {
  const [text] = texts
  if (text === undefined) return null
  for (const { database } of lab.stores) {
    const found = await database.find?.([text]).catch(() => null)
    const [table] = Object.keys(found?.[text] ?? {})
    if (table === undefined) continue
    const answer = await database
      .query(`SELECT one.* FROM ${quoteName(table)} AS one WHERE one::text LIKE $1 LIMIT 1`, [`%${text}%`])
      .catch(() => null)
    const row = answer?.rows[0]
    if (row !== undefined) return row
  }
  return null
}
