import type { Families } from '../engine/prove/families.ts'
import { experiments } from '../experiments/catalogue.generated.ts'
import { frameworks } from '../frameworks/catalogue.generated.ts'
import { inspections } from '../inspections/catalogue.generated.ts'
import { languages } from '../languages/catalogue.generated.ts'
import { standards } from '../standards/catalogue.generated.ts'
import { stores } from '../stores/catalogue.generated.ts'

/** Every registry, handed to the engine. */
export const families: Families = { experiments, frameworks, inspections, languages, standards, stores }
