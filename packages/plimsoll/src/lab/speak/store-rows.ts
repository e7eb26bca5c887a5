import { quoteName } from '../../base/sql/quote.ts'
import type { Lab } from '../lab.ts'
import type { Harvest } from './harvest.ts'

const MOST_TABLES = 80
const MOST_ROWS = 60

/** First rows of every table, for ids that no route shows: what seeds and migrations put there. */
export const harvestRows = async (lab: Pick<Lab, 'stores'>, harvest: Harvest): Promise<void> => {
  for (const { database } of lab.stores) {
    const digest = await database.digest().catch(() => null)
    const filled = Object.entries(digest?.counts ?? {}).filter(([, count]) => count > 0)
    for (const [table] of filled.slice(0, MOST_TABLES)) {
      const sql = `SELECT * FROM ${quoteName(table)} ORDER BY 1 LIMIT ${MOST_ROWS}`
      const found = await database.query(sql).catch(() => null)
      if (found !== null) harvest.rows(table.split('.').at(-1) ?? table, found.rows)
    }
  }
}
