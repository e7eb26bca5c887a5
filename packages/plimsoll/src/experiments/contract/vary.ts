import type { Random } from '../../base/random/random.ts'
import { boundariesOf } from '../../contract/generate/boundaries.ts'
import { invalidsOf } from '../../contract/generate/invalid.ts'
import { isInvalidOnWire, isUnmistakable } from '../../contract/generate/readings.ts'
import { plain, type Schemas } from '../../contract/generate/shape.ts'
import { sampleValid } from '../../contract/generate/values.ts'
import type { RequestOptions } from '../../lab/lab.ts'
import { oddValues } from './odd-values.ts'
import type { Operation } from './operations.ts'
import { type Part, partsOf } from './parts.ts'
import { ABSENT, putPart } from './put-part.ts'
import type { Input } from './seen.ts'

/** A working request with one part changed, and what is known of the change. */
export type Variation = {
  input: Input
  request: RequestOptions
  /** nobody may take it for valid, however it is read */
  unmistakable: boolean
}

type Change = Pick<Input, 'phase' | 'keyword' | 'kind' | 'note'> & { value: unknown }

const shown = (value: unknown): string => {
  const text = value === ABSENT ? 'left out' : (JSON.stringify(value) ?? 'nothing')
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}

/** What keywords say is broken is not broken if a reader that coerces, trims or fills in takes it. */
const isMistakable = (part: Part, value: unknown, texts: readonly string[], schemas: Schemas): boolean => {
  if (value === ABSENT) return false
  if (part.in === 'body') return !isUnmistakable(part.schema, value, schemas)
  const { style, explode } = part.parameter
  return !isInvalidOnWire(part.schema, { style, explode, texts }, schemas)
}

/** The request with that change; null where it cannot be sent, or says on the wire what it should not say. */
export const variationOf = (
  operation: Operation,
  base: RequestOptions,
  part: Part,
  change: Change,
  schemas: Schemas,
): Variation | null => {
  const put = putPart(base, part, change.value, operation.described.path)
  if (put === null) return null
  const { phase, keyword, kind, note } = change
  const mistakable = kind === 'invalid' && isMistakable(part, change.value, put.texts, schemas)
  return {
    input: mistakable
      ? { phase, part: part.name, keyword: null, note: shown(change.value), kind: 'odd' }
      : { phase, part: part.name, keyword, note, kind },
    request: put.request,
    unmistakable: kind === 'invalid' && !mistakable,
  }
}

const boundaries = (part: Part, schemas: Schemas): Change[] =>
  boundariesOf(part.schema, schemas).map(({ keyword, value, within }) => ({
    phase: 'boundaries',
    keyword: within ? null : keyword,
    kind: within ? 'odd' : 'invalid',
    note: `${within ? 'at' : 'beyond'} ${keyword}: ${shown(value)}`,
    value,
  }))

/** Parts inside are broken as parts of their own, so only what this part itself breaks counts. */
const invalids = (part: Part, valid: unknown, schemas: Schemas): Change[] =>
  invalidsOf(part.schema, valid, schemas)
    .filter(({ at, keyword }) => at.length === 0 && keyword !== 'additionalProperties')
    // A parameter is text: an object in its place is none on the wire.
    .filter(
      ({ value }) =>
        part.in === 'body' || value === null || typeof value !== 'object' || Array.isArray(value),
    )
    .filter(({ keyword }) => part.in === 'body' || keyword !== 'required')
    .map(({ keyword, value }) => ({
      phase: 'generated',
      keyword,
      kind: 'invalid',
      note: `against ${keyword}: ${shown(value)}`,
      value,
    }))

const hasDefault = (part: Part, { definitions }: Schemas) => {
  const shape = plain(part.schema, definitions)
  return shape === null || shape.default !== undefined || shape.readOnly === true
}

/** A required part of an object is missing from it; the body itself is another matter. */
const missing = (part: Part, schemas: Schemas): Change[] =>
  !part.required ||
  part.in === 'path' ||
  hasDefault(part, schemas) ||
  (part.in === 'body' && part.at.at(-1) === '0') ||
  part.name === 'body'
    ? []
    : [{ phase: 'generated', keyword: 'required', kind: 'invalid', note: 'left out', value: ABSENT }]

const odd = (part: Part, schemas: Schemas): Change[] =>
  oddValues(part, schemas).map(({ value, note }) => ({
    phase: 'boundaries',
    keyword: null,
    kind: 'odd',
    note,
    value,
  }))

const examples = (part: Part, schemas: Schemas): Change[] => {
  const shape = plain(part.schema, schemas.definitions)
  const own = shape === null ? [] : [shape.example, ...(Array.isArray(shape.examples) ? shape.examples : [])]
  return [...own, ...(part.in === 'body' ? [] : part.parameter.examples)]
    .filter((value) => value !== undefined && schemas.check(part.schema, value).length === 0)
    .slice(0, 2)
    .map((value) => ({ phase: 'examples', keyword: null, kind: 'ordinary', note: shown(value), value }))
}

const ordinary = (part: Part, schemas: Schemas, seed: number, own: boolean): Change[] =>
  sampleValid(part.schema, schemas, 2, seed).map((value) => ({
    phase: 'generated',
    keyword: null,
    kind: own ? 'ordinary' : 'odd',
    note: shown(value),
    value,
  }))

/** One after the other from each list, so that a share of them holds some of each kind. */
const dealt = <T>(lists: readonly (readonly T[])[]): T[] => {
  const longest = Math.max(0, ...lists.map((list) => list.length))
  return Array.from({ length: longest }, (_, at) => lists.flatMap((list) => list.slice(at, at + 1))).flat()
}

const leafFirst = (a: Part, b: Part) =>
  Number(b.required) - Number(a.required) || Number(a.name === 'body') - Number(b.name === 'body')

/**
 * Everything worth trying on an operation, dealt so that the first of them are of every kind and every part.
 * @param first names of parts that reach a store: what is odd there is tried first
 */
export const variationsOf = (
  operation: Operation,
  base: RequestOptions,
  { schemas, random, first }: { schemas: Schemas; random: Random; first: ReadonlySet<string> },
): Variation[] => {
  const parts = partsOf(operation, base, schemas).sort(
    (a, b) => Number(first.has(b.name)) - Number(first.has(a.name)) || leafFirst(a, b),
  )
  const perPart = parts.map((part) => {
    const seed = random.integer(0, 2_147_483_647)
    const valid =
      (part.in === 'body' ? part.value : undefined) ?? sampleValid(part.schema, schemas, 1, seed)[0]
    const idPath = part.in === 'path'
    const lists = [
      missing(part, schemas),
      operation.own || !part.name.startsWith('body')
        ? invalids(part, valid, schemas)
        : invalids(part, valid, schemas).slice(0, 1),
      odd(part, schemas),
      boundaries(part, schemas),
      examples(part, schemas),
      // Another id is another thing, or none: that says nothing.
      idPath ? [] : ordinary(part, schemas, seed, operation.own),
    ]
    return dealt(lists).flatMap((change) => variationOf(operation, base, part, change, schemas) ?? [])
  })
  return dealt(perPart)
}
