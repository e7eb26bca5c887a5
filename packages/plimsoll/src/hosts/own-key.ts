/** What a table itself says for a word that somebody wrote: `constructor` is in none. */
export const ownKey = <Value>(table: Readonly<Record<string, Value>>, key: string): Value | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined
