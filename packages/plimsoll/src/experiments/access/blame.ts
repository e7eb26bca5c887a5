import type { KnownRequest } from '../../lab/lab.ts'
import type { StatementRecord } from '../../model/evidence.ts'
import type { StatementFacts } from '../../model/statement-facts.ts'
import type { Bench } from './bench.ts'
import type { Proof } from './seen.ts'

type Blamed = { statement: StatementRecord; origin: Proof['origin'] }

const keysOf = ({ reads, writes }: StatementFacts) => [...reads, ...writes].flatMap(({ keys }) => keys)

/** The statement chooses rows by the name of the object. */
const isAbout = ({ parameters }: StatementRecord, facts: StatementFacts, value: string) =>
  keysOf(facts).some(({ parameter, literal }) =>
    parameter === null ? literal === value : parameters[parameter - 1] === value,
  )

/**
 * The statement that let it through: the last one that chooses by the object's name, one that writes before one that
 * reads; null where none was seen.
 */
export const blame = (
  { lab }: Pick<Bench, 'lab'>,
  { route }: KnownRequest,
  statements: readonly StatementRecord[],
  value: string | null,
): Blamed | null => {
  const facts = lab.store?.facts ?? null
  if (facts === null || value === null) return null
  const about = statements
    .filter((statement) => isAbout(statement, facts(statement.sql), value))
    .sort((x, y) => facts(x.sql).writes.length - facts(y.sql).writes.length)
  const statement = about.at(-1)
  return statement === undefined ? null : { statement, origin: lab.origin(statement.sql, route) }
}
