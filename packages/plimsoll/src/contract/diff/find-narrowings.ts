import type { JsonSchema } from '../api.ts'
import { branchesOf, plain, type Shape, typesOf } from '../generate/shape.ts'
import { referredName, resolveSchema } from '../json-schema/directed.ts'
import { UNREAD } from '../openapi/convert-schema.ts'
import { narrowArrays } from './narrow-arrays.ts'
import { narrowObjects } from './narrow-objects.ts'
import { listedValues, narrowEnum, narrowNumbers, narrowTexts } from './narrow-scalars.ts'
import type { Descend, Emit, Narrowing, Spot } from './narrowing.ts'
import { samplesOf } from './samples.ts'
import type { Space } from './space.ts'

const ALL = ['null', 'boolean', 'integer', 'number', 'string', 'array', 'object']
const DEEPEST = 40

const takes = (types: readonly string[], type: string) =>
  types.length === 0 || types.includes(type) || (type === 'integer' && types.includes('number'))

/** Types of the values that it lists, where it names none. */
const typesIn = (shape: Shape): string[] => {
  const named = typesOf(shape)
  if (named.length > 0) return named
  const listed = (listedValues(shape) ?? []).map((value) =>
    value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value,
  )
  return [...new Set(listed)]
}

const ANY_OF_TYPE: Readonly<Record<string, unknown[]>> = {
  ...{ null: [null], boolean: [true], integer: [7], number: [1.5, 0.5, -0.5], string: ['plimsoll'] },
  ...{ array: [[]], object: [{}] },
}

const EXOTIC =
  /"(?:not|if|then|else|contains|prefixItems|patternProperties|propertyNames|dependent\w+|unevaluated\w+)":/

/** Places where `to` takes less than `from`, as their keywords tell; whether it is so is for values to show. */
export const findNarrowings = (
  from: JsonSchema,
  to: JsonSchema,
  space: Space,
  visit: Space['visit'],
): Narrowing[] => {
  const found: Narrowing[] = []
  const emit: Emit = (narrowing) => found.push(narrowing)

  /** Types that both take; null where neither names any. */
  const compareTypes = (pair: { from: Shape; to: Shape; spot: Spot }): string[] | null => {
    const { from: wide, to: narrow, spot } = pair
    const [ours, theirs] = [
      typesIn(wide),
      wide.type === undefined && narrow.type === undefined ? [] : typesIn(narrow),
    ]
    const all = ours.length === 0 ? (theirs.length === 0 ? [] : ALL) : ours
    const refused = all.filter((type) => !takes(theirs, type))
    const plainOnes = refused.filter((type) => type !== 'null')
    for (const types of [refused.filter((type) => type === 'null'), plainOnes]) {
      const [first] = types
      if (first === undefined) continue
      emit({
        ...{
          rule: first === 'null' ? 'null' : 'type',
          steps: spot.steps,
          definition: spot.definition,
          keywords: ['type', 'enum', 'const'],
        },
        wide: ours.length === 0 ? 'any type' : ours.join(' or '),
        narrow: theirs.join(' or '),
        candidates: () =>
          types
            .flatMap((type) => [...(ANY_OF_TYPE[type] ?? []), ...samplesOf({ ...wide, type }, space, 3)])
            .map(spot.embed),
      })
    }
    if (all.length === 0) return null
    return all.filter((type) => takes(theirs, type) || (type === 'number' && theirs.includes('integer')))
  }

  const compareShapes = (wide: Shape, narrow: Shape, spot: Spot) => {
    const pair = { from: wide, to: narrow, spot, space, emit, descend }
    const shared = compareTypes(pair)
    narrowEnum(pair)
    if (listedValues(wide) !== null) return
    const both = (...types: string[]) => shared === null || types.some((type) => shared.includes(type))
    if (both('number', 'integer')) narrowNumbers(pair)
    if (both('string')) narrowTexts(pair)
    if (both('array')) narrowArrays(pair)
    if (both('object')) narrowObjects(pair)
  }

  const emitForm = (shape: Shape, rule: 'form' | 'null', spot: Spot, all: readonly Shape[]) =>
    emit({
      ...{ rule, steps: spot.steps, definition: spot.definition, keywords: [] },
      wide: typesIn(shape).join(' or ') || 'any type',
      narrow: [...new Set(all.flatMap(typesIn))].join(' or '),
      candidates: () => samplesOf(shape, space, 12).map(spot.embed),
    })

  /** Of several forms each is held against the one that is most like it. */
  const compareForms = (wide: readonly Shape[], narrow: readonly Shape[], spot: Spot) => {
    const text = (shape: Shape) => JSON.stringify(shape).replaceAll(/\b(?:before|after)\./g, '')
    const left = wide.filter((one) => !narrow.some((other) => text(one) === text(other)))
    for (const one of left) {
      const like = narrow.filter((other) => typesIn(one).some((type) => takes(typesIn(other), type)))
      const [only, ...more] = like
      if (only !== undefined && more.length === 0) compareShapes(one, only, spot)
      else emitForm(one, typesIn(one).join() === 'null' ? 'null' : 'form', spot, narrow)
    }
  }

  const compare = (ours: JsonSchema, theirs: JsonSchema, spot: Spot) => {
    const [wide, narrow] = [plain(ours, space.definitions), plain(theirs, space.definitions)]
    if (wide === null || UNREAD in wide || (narrow !== null && UNREAD in narrow)) return
    if (narrow === null) return emitForm(wide, 'form', spot, [])
    const [forms, others] = [branchesOf(wide, space.definitions), branchesOf(narrow, space.definitions)]
    const [form, other] = [forms[0], others[0]]
    if (forms.length === 1 && others.length === 1 && form !== undefined && other !== undefined)
      compareShapes(form, other, spot)
    else compareForms(forms, others, spot)
  }

  /** Keywords that nothing here compares: values have to tell. */
  const emitOther = (ours: JsonSchema, theirs: JsonSchema, spot: Spot) => {
    if (!space.read || !EXOTIC.test(JSON.stringify(resolveSchema(theirs, space.definitions)) ?? '')) return
    emit({
      ...{ rule: 'other', steps: spot.steps, definition: spot.definition, keywords: [] },
      ...{ wide: '', narrow: '' },
      candidates: () => samplesOf(ours, space, 12).map(spot.embed),
    })
  }

  // Definitions wait for their turn, so that each is met on the shortest way to it.
  const waiting: { ours: JsonSchema; theirs: JsonSchema; spot: Spot }[] = []
  const descend: Descend = (ours, theirs, spot) => {
    if (space.same(ours, theirs) || spot.steps.length > DEEPEST) return
    const [name, other] = [referredName(ours), referredName(theirs)]
    if (name === null || other === null) return compare(ours, theirs, spot)
    const isRoot = spot.steps.every((step) => step === 'item')
    if (!visit(name, other, isRoot)) return
    const old = space.direction === 'request' ? name : other
    waiting.push({ ours, theirs, spot: { ...spot, definition: old.replace(/^before\./, '') } })
  }

  const top: Spot = { steps: [], definition: null, embed: (value) => value }
  descend(from, to, top)
  if (found.length === 0 && waiting.length === 0) emitOther(from, to, top)
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const before = found.length
    compare(next.ours, next.theirs, next.spot)
    if (found.length === before) emitOther(next.ours, next.theirs, next.spot)
  }
  return found
}
