import { loadModule, parseSync } from 'libpg-query'
import type { StatementFacts } from '../../../model/statement-facts.ts'
import { createBoundedMap } from '../wire/bounded-map.ts'
import { readVerb } from './fallback.ts'
import { merge } from './merge.ts'
import { readStatement } from './statement.ts'

const KEEP_TEXTS = 2_000

/** Beyond these the wire keeps no whole text either. */
const READ_CHARACTERS = 20_000

const read = (sql: string): StatementFacts => {
  if (sql.length > READ_CHARACTERS) return readVerb(sql)
  try {
    const { stmts = [] } = parseSync(sql)
    return merge(stmts.flatMap(({ stmt }) => (stmt ? [readStatement(stmt)] : [])))
  } catch {
    return readVerb(sql)
  }
}

/** Loads PostgreSQL's own grammar, once for the process. What it gives never throws, and remembers what it has read. */
export const loadReader = async (): Promise<(sql: string) => StatementFacts> => {
  await loadModule()
  const known = createBoundedMap<StatementFacts>(KEEP_TEXTS)
  return (sql) => {
    const before = known.get(sql)
    if (before) return before
    const facts = read(sql)
    if (sql.length <= READ_CHARACTERS) known.set(sql, facts)
    return facts
  }
}
