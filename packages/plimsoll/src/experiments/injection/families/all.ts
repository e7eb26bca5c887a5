import type { Family } from '../family.ts'
import { command } from './command.ts'
import { path } from './path.ts'
import { sql } from './sql.ts'

/** In the order in which they are tried, the gravest first. */
export const FAMILIES: readonly Family[] = [sql, command, path]

export const familyOf = (id: string): Family | undefined => FAMILIES.find((family) => family.id === id)
