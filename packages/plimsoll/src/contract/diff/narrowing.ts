import type { JsonSchema } from '../api.ts'
import type { Rule } from './change.ts'

/** A step into a value: a property by its name, any item of a list, any property that the schema does not name. */
export type Step = { property: string } | 'item' | 'extra'

/** A place where one schema takes less than another, as far as their keywords tell. */
export type Narrowing = {
  rule: Rule
  steps: readonly Step[]
  /** of the keywords of the narrower schema, those that refuse */
  keywords: readonly string[]
  /** the property that is missing or refused */
  property?: string
  /** the definition of the older document that it stands in; null for none */
  definition: string | null
  /** what the wider and the narrower schema say there: `not set`, `18`; or the values in question */
  wide: string
  narrow: string
  /** whole values that the wider schema may take and the narrower may not; made when asked for */
  candidates(): unknown[]
}

/** Where in the walk of two schemas we are. */
export type Spot = {
  definition: string | null
  steps: readonly Step[]
  /** a whole value with this one in its place; undefined where none can be made */
  embed(value: unknown): unknown
}

export type Emit = (narrowing: Narrowing) => void
export type Descend = (from: JsonSchema, to: JsonSchema, spot: Spot) => void

/** A name that no schema has. */
export const EXTRA = 'plimsollExtra'

const keyOf = (step: Step) => (step === 'item' ? '0' : step === 'extra' ? EXTRA : step.property)

export const pointerOf = (steps: readonly Step[]): string =>
  steps.map((step) => `/${keyOf(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

/** `lines[].price`; empty for the whole value. */
export const shownPath = (steps: readonly Step[]): string =>
  steps
    .map((step) => (step === 'item' ? '[]' : step === 'extra' ? '[any]' : `.${step.property}`))
    .join('')
    .replace(/^\./, '')
