import type { Schemas } from './convert-schema.ts'
import type { Complain, Documents } from './place.ts'

export type Dialect = '2' | '3.0' | '3.1'

/** What every part of the reader needs. */
export type Reading = {
  dialect: Dialect
  documents: Documents
  schemas: Schemas
  complain: Complain
}
