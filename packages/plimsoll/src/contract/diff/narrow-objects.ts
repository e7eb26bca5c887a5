import type { JsonSchema } from '../api.ts'
import { finite, isShape, propertiesOf, requiredOf, type Shape } from '../generate/shape.ts'
import { type Descend, type Emit, EXTRA, type Spot } from './narrowing.ts'
import { baseObject, samplesOf } from './samples.ts'
import type { Space } from './space.ts'

type Pair = { from: Shape; to: Shape; spot: Spot; space: Space; emit: Emit; descend: Descend }

const without = (shape: Shape, name: string): Shape =>
  Object.fromEntries(Object.entries(shape).filter(([key]) => key !== name))

/** What a schema says of properties that it does not name; undefined where it says nothing. */
const extraOf = ({ additionalProperties, patternProperties }: Shape): JsonSchema | undefined =>
  patternProperties === undefined && (additionalProperties === false || isShape(additionalProperties))
    ? additionalProperties
    : undefined

const withProperty =
  ({ from, to, spot, space }: Pair, name: string) =>
  (value: unknown) => {
    const base = baseObject(from, to, space)
    return base === undefined || value === undefined ? undefined : spot.embed({ ...base, [name]: value })
  }

const narrowRequired = (pair: Pair) => {
  const { from, to, spot, space, emit } = pair
  const had = new Set(requiredOf(from))
  const described = new Set(propertiesOf(from).map(([name]) => name))
  for (const name of requiredOf(to).filter((one) => !had.has(one))) {
    emit({
      ...{ rule: 'required', steps: [...spot.steps, { property: name }], keywords: ['required'] },
      definition: spot.definition,
      property: name,
      wide: described.has(name) || from.additionalProperties === true ? 'optional' : 'not named',
      narrow: 'required',
      candidates: () => {
        const base = baseObject(from, to, space)
        return base === undefined ? [] : [spot.embed(without(base, name))]
      },
    })
  }
}

const narrowProperties = (pair: Pair) => {
  const { from, to, spot, space, emit, descend } = pair
  const [wide, narrow] = [new Map(propertiesOf(from)), new Map(propertiesOf(to))]
  for (const name of new Set([...wide.keys(), ...narrow.keys()])) {
    const [ours, theirs] = [wide.get(name) ?? extraOf(from), narrow.get(name) ?? extraOf(to)]
    const steps = [...spot.steps, { property: name }]
    // What only requests hold is `true` here: it was never in an answer.
    const mayCome = narrow.get(name) !== true && !requiredOf(to).includes(name)
    if (ours === undefined && space.direction === 'response' && mayCome)
      emit({
        ...{
          rule: 'field-removed',
          steps,
          definition: spot.definition,
          keywords: [],
          wide: 'not named',
          narrow: 'optional',
        },
        candidates: () => [],
      })
    // What the wider schema does not name is an addition, which nobody could have sent before.
    if (ours === undefined || ours === false || theirs === undefined) continue
    if (theirs !== false) descend(ours, theirs, { ...spot, steps, embed: withProperty(pair, name) })
    else
      emit({
        ...{
          rule: 'unknown-property',
          steps,
          definition: spot.definition,
          property: name,
          wide: 'taken',
          narrow: 'refused',
        },
        keywords: ['additionalProperties', 'unevaluatedProperties', 'false schema'],
        candidates: () => samplesOf(ours, space, 2).map(withProperty(pair, name)),
      })
  }
}

const narrowExtra = (pair: Pair) => {
  const { from, to, spot, emit, descend } = pair
  const [ours, theirs] = [extraOf(from), extraOf(to)]
  if (ours === false || theirs === undefined || from.patternProperties !== undefined) return
  const embed = withProperty(pair, EXTRA)
  if (isShape(ours) && theirs !== false)
    descend(ours, theirs, { ...spot, steps: [...spot.steps, 'extra'], embed })
  if (theirs === false)
    emit({
      ...{
        rule: 'unknown-property',
        steps: spot.steps,
        definition: spot.definition,
        property: EXTRA,
        wide: 'taken',
        narrow: 'refused',
      },
      keywords: ['additionalProperties', 'unevaluatedProperties'],
      candidates: () => (isShape(ours) ? samplesOf(ours, pair.space, 2) : ['plimsoll']).map(embed),
    })
}

const narrowSize = ({ from, to, spot, space, emit }: Pair) => {
  for (const keyword of ['minProperties', 'maxProperties']) {
    if (to[keyword] === undefined || finite(to[keyword]) === finite(from[keyword])) continue
    emit({
      ...{ rule: 'bound', steps: spot.steps, definition: spot.definition, keywords: [keyword] },
      wide: `${keyword} ${from[keyword] ?? 'not set'}`,
      narrow: `${keyword} ${String(to[keyword])}`,
      candidates: () => samplesOf(from, space, 12).map(spot.embed),
    })
  }
}

export const narrowObjects = (pair: Pair) => {
  narrowRequired(pair)
  narrowProperties(pair)
  narrowExtra(pair)
  narrowSize(pair)
}
