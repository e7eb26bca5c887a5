import { formatNumber } from '../../base/text/numbers.ts'
import type { Grown } from '../../stores/define.ts'
import type { Lab } from '../lab.ts'

/** Fills the tables of every store that can do so up to that many rows, and says where there are fewer. */
export const growTables = async (
  { stores }: Pick<Lab, 'stores'>,
  rows: number | undefined,
  signal: AbortSignal,
): Promise<{ grown: Grown[]; limits: string[] }> => {
  if (rows === undefined) return { grown: [], limits: [] }
  const grown: Grown[] = []
  const limits: string[] = []
  for (const { id, database } of stores) {
    const filled = await database.grow?.({ rows, signal })
    if (filled === undefined) limits.push(`the tables of ${id} hold what they held: it cannot be filled`)
    else grown.push(...filled)
  }
  const short = grown.flatMap(({ table, after, short: why }) =>
    why === null ? [] : [`${table} has ${formatNumber(after)} rows, not ${formatNumber(rows)}: ${why}`],
  )
  return { grown, limits: [...limits, ...short] }
}
