import type { Project } from '../../instruments/source/project.ts'
import type { Finding } from '../../model/verdict.ts'
import type { FoundTable } from '../find-columns.ts'
import type { Handler } from '../find-handlers.ts'
import type { FoundStatement } from '../find-statements.ts'
import { findOwners, type Owner } from './find-owners.ts'

/** The column that the repair of a finding names; null where it is only a manner of speaking. */
const namedIn = ({ repairs }: Finding): string | null => {
  for (const repair of repairs) {
    const [, column] = /\bAND (\w+) = \$2\b/.exec(repair) ?? []
    if (column !== undefined && column !== 'owner_id') return column
  }
  return null
}

type Known = {
  table: string
  handlers: readonly Handler[]
  statements: readonly FoundStatement[]
  tables: readonly FoundTable[]
}

/** Whose rows of a table they are, as every other statement has it; null where they do not agree, or none says it. */
export const chooseOwner = (
  finding: Finding,
  project: Project,
  { table, handlers, statements, tables }: Known,
): Owner | null => {
  const all = findOwners(project, handlers, statements, tables).filter((one) => one.table === table)
  return agreedOwner(finding, all)
}

/** Whose rows they are, where everything that says it agrees; what the finding names comes first. */
export const agreedOwner = (finding: Finding, all: readonly Owner[]): Owner | null => {
  const wanted = namedIn(finding)
  const named = all.filter(({ column }) => column === wanted)
  const likely = named.length > 0 ? named : all
  const ways = new Set(likely.map(({ column, parameter, path }) => `${column} ${parameter} ${path}`))
  return ways.size === 1 ? (likely[0] ?? null) : null
}
