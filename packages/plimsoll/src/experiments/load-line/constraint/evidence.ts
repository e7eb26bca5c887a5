import type { OperationSeen, Pressed } from '../seen.ts'

/** What a limit is named from: what was seen at a little above the line, and what each operation costs alone. */
export type ConstraintEvidence = {
  pressed: Pressed
  operations: readonly OperationSeen[]
}

export type Resource =
  | 'pool'
  | 'lock'
  | 'statement'
  | 'event loop'
  | 'app processors'
  | 'store processors'
  | 'memory'
  | 'generator'
  | 'machine'
  | 'unknown'

/** Why that resource is used up, where the operations show it. */
export type Cause = 'repeated statements' | 'large answers' | 'blocking work' | 'slow statement'

export type Constraint = {
  resource: Resource
  cause: Cause | null
  /** after "limited by": `the pool of 10`, `61 statements a request on GET /invoices` */
  title: string
  /** the figures that say so, one sentence each */
  facts: string[]
  /** statement whose place in the source is worth knowing */
  sql: string | null
  /** route that the statement belongs to, where one operation causes it */
  operation: string | null
  repairs: string[]
}
