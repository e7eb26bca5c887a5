import { finite, type Shape, schemasIn } from '../generate/shape.ts'
import type { Descend, Emit, Spot } from './narrowing.ts'
import { baseList, samplesOf } from './samples.ts'
import type { Space } from './space.ts'

type Pair = { from: Shape; to: Shape; spot: Spot; space: Space; emit: Emit; descend: Descend }

const MOST_ITEMS = 500

const itemsOf = (shape: Shape) => schemasIn([shape.items])[0] ?? true

/** A list of that length whose items are valid. */
const listOf = ({ from, space }: Pair, length: number): unknown[] | undefined => {
  const pool = samplesOf(itemsOf(from), space, from.uniqueItems === true ? length : 3)
  if (length > 0 && (pool.length === 0 || (from.uniqueItems === true && pool.length < length)))
    return undefined
  return Array.from({ length }, (_, at) => pool[at % pool.length])
}

const emitLength = (pair: Pair, keyword: 'minItems' | 'maxItems' | 'uniqueItems', make: () => unknown) => {
  const { from, to, spot } = pair
  const shown = (value: unknown) => (value === undefined ? 'not set' : String(value))
  pair.emit({
    ...{ rule: 'bound', steps: spot.steps, definition: spot.definition, keywords: [keyword] },
    wide: `${keyword} ${shown(from[keyword])}`,
    narrow: `${keyword} ${shown(to[keyword])}`,
    candidates: () => {
      const made = make()
      return made === undefined ? [] : [spot.embed(made)]
    },
  })
}

export const narrowArrays = (pair: Pair) => {
  const { from, to, spot, space, descend } = pair
  const least = finite(to.minItems)
  if (least !== undefined && least > (finite(from.minItems) ?? 0) && least <= MOST_ITEMS)
    emitLength(pair, 'minItems', () => listOf(pair, least - 1))
  const most = finite(to.maxItems)
  if (most !== undefined && most < (finite(from.maxItems) ?? Infinity) && most <= MOST_ITEMS)
    emitLength(pair, 'maxItems', () => listOf(pair, most + 1))
  if (to.uniqueItems === true && from.uniqueItems !== true)
    emitLength(pair, 'uniqueItems', () => {
      const one = listOf(pair, 1)
      return one === undefined ? undefined : [one[0], one[0]]
    })
  if (from.prefixItems !== undefined || to.prefixItems !== undefined || to.items === undefined) return
  descend(itemsOf(from), itemsOf(to), {
    definition: spot.definition,
    steps: [...spot.steps, 'item'],
    embed: (value) => {
      const [, ...rest] = baseList(from, to, space)
      return spot.embed([value, ...rest])
    },
  })
}
