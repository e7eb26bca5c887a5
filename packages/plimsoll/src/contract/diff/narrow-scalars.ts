import { finite, type Shape } from '../generate/shape.ts'
import type { Emit, Spot } from './narrowing.ts'
import { samplesOf } from './samples.ts'
import type { Space } from './space.ts'

type Pair = { from: Shape; to: Shape; spot: Spot; space: Space; emit: Emit }

const shown = (value: unknown): string => (value === undefined ? 'not set' : JSON.stringify(value))

const TRIES = 12

/** Emits that a keyword of the narrower schema is stricter, to be tried with these values of the wider one. */
const emitBound = (
  { from, to, spot, space, emit }: Pair,
  keyword: string,
  tried: { more?: Shape; values?: readonly unknown[]; wide?: string },
) =>
  emit({
    ...{ rule: 'bound', steps: spot.steps, definition: spot.definition, keywords: [keyword] },
    wide: `${keyword} ${tried.wide ?? shown(from[keyword])}`,
    narrow: `${keyword} ${shown(to[keyword])}`,
    candidates: () =>
      [
        ...(tried.values ?? []),
        ...samplesOf({ ...from, ...tried.more }, space, 3),
        ...samplesOf(from, space, TRIES),
      ].map(spot.embed),
  })

const lower = ({ minimum, exclusiveMinimum }: Shape) =>
  Math.max(finite(minimum) ?? -Infinity, finite(exclusiveMinimum) ?? -Infinity)
const upper = ({ maximum, exclusiveMaximum }: Shape) =>
  Math.min(finite(maximum) ?? Infinity, finite(exclusiveMaximum) ?? Infinity)

const differs = ({ from, to }: Pair, keyword: string) =>
  to[keyword] !== undefined && JSON.stringify(from[keyword]) !== JSON.stringify(to[keyword])

export const narrowNumbers = (pair: Pair) => {
  const { from, to } = pair
  for (const keyword of ['minimum', 'exclusiveMinimum']) {
    const bound = finite(to[keyword])
    if (bound === undefined || !differs(pair, keyword) || bound < lower(from)) continue
    const values = [bound - 1, bound - 0.5, bound, finite(from.minimum)].filter((one) => one !== undefined)
    emitBound(pair, keyword, { values, more: { maximum: bound - 1 } })
  }
  for (const keyword of ['maximum', 'exclusiveMaximum']) {
    const bound = finite(to[keyword])
    if (bound === undefined || !differs(pair, keyword) || bound > upper(from)) continue
    const values = [bound + 1, bound + 0.5, bound, finite(from.maximum)].filter((one) => one !== undefined)
    emitBound(pair, keyword, { values, more: { minimum: bound + 1 } })
  }
  const step = finite(to.multipleOf)
  if (step !== undefined && differs(pair, 'multipleOf')) {
    const own = finite(from.multipleOf)
    emitBound(pair, 'multipleOf', {
      values: [own, step + 1, step + 0.5, 1, 7].filter((one) => one !== undefined),
    })
  }
  if (differs(pair, 'format')) emitBound(pair, 'format', { values: [3_000_000_000, 2 ** 53, 0.5] })
}

export const narrowTexts = (pair: Pair) => {
  const { from, to } = pair
  const least = finite(to.minLength)
  if (least !== undefined && least > (finite(from.minLength) ?? 0))
    emitBound(pair, 'minLength', { values: ['x'.repeat(least - 1), ''], more: { maxLength: least - 1 } })
  const most = finite(to.maxLength)
  if (most !== undefined && most < (finite(from.maxLength) ?? Infinity) && most < 100_000)
    emitBound(pair, 'maxLength', { values: ['x'.repeat(most + 1)], more: { minLength: most + 1 } })
  if (differs(pair, 'pattern')) emitBound(pair, 'pattern', { values: ['', 'Plimsoll ⦵ 1'] })
  if (differs(pair, 'format')) emitBound(pair, 'format', { values: ['plimsoll'] })
}

/** Values of an `enum` or `const`; null where the schema lists none. */
export const listedValues = (shape: Shape): unknown[] | null =>
  Array.isArray(shape.enum) ? shape.enum : 'const' in shape ? [shape.const] : null

export const narrowEnum = ({ from, to, spot, space, emit }: Pair) => {
  const allowed = listedValues(to)
  if (allowed === null) return
  const texts = new Set(allowed.map((one) => JSON.stringify(one)))
  const gone = listedValues(from)?.filter((one) => !texts.has(JSON.stringify(one)))
  if (gone?.length === 0) return
  emit({
    ...{ rule: 'enum', steps: spot.steps, definition: spot.definition, keywords: ['enum', 'const'] },
    wide: gone === undefined ? 'any value' : gone.slice(0, 8).map(shown).join(', '),
    narrow: allowed.slice(0, 8).map(shown).join(', '),
    candidates: () => (gone ?? ['plimsoll', ...samplesOf(from, space, TRIES)]).map(spot.embed),
  })
}
