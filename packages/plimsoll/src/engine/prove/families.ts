import type { Experiment } from '../../experiments/define.ts'
import type { Framework } from '../../frameworks/define.ts'
import type { Inspection } from '../../inspections/define.ts'
import type { Language } from '../../languages/define.ts'
import type { Standard } from '../../model/standard.ts'
import type { Store } from '../../stores/define.ts'

/** The registries, handed in by the surface: the engine names no member of any family. */
export type Families = {
  languages: readonly Language[]
  frameworks: readonly Framework[]
  stores: readonly Store[]
  standards: readonly Standard[]
  experiments: readonly Experiment[]
  inspections: readonly Inspection[]
}
