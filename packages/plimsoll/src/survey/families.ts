import type { Framework } from '../frameworks/define.ts'
import type { Language } from '../languages/define.ts'
import type { Store } from '../stores/define.ts'

/** The members the survey may ask; it knows none of them by name. */
export type Families = {
  languages: readonly Language[]
  frameworks: readonly Framework[]
  stores: readonly Store[]
}
