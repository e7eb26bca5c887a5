import { quoteName } from '../../base/sql/quote.ts'
import { parseMoment } from '../../base/time/sql-moment.ts'
import type { Ground } from '../../lab/operations/ground.ts'
import type { Changes } from '../../lab/operations/mask.ts'

const DAY_MS = 86_400_000

const dayBefore = (value: string): string | null => {
  const at = parseMoment(value)
  return at === null ? null : new Date(at - DAY_MS).toISOString()
}

/**
 * Makes the rows that hold this key a day older, as if the client had waited that long: a lease on a key ends with
 * time. Resolves false where there is no such row with a time in it.
 */
export const ageKey = async (
  { controlled: { store } }: Ground,
  changes: Changes,
  key: string,
): Promise<boolean> => {
  let aged = false
  for (const [table, { added }] of Object.entries(changes)) {
    for (const row of added) {
      const holder = Object.entries(row).find(([, value]) => value === key)?.[0]
      if (holder === undefined) continue
      for (const [column, value] of Object.entries(row)) {
        const earlier = value === null ? null : dayBefore(value)
        if (earlier === null) continue
        const statement = `UPDATE ${quoteName(table)} SET ${quoteName(column)} = $1 WHERE ${quoteName(holder)}::text = $2`
        aged = await store.database.query(statement, [earlier, key]).then(
          () => true,
          () => aged,
        )
      }
    }
  }
  return aged
}
