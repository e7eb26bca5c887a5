import fc from 'fast-check'
import { finite, type Shape } from './shape.ts'

const USUAL = 100_000

/** The least and the greatest number that a shape allows, and how far apart two of them are at least. */
export type Range = { least: number | null; greatest: number | null; step: number }

/** Decimal places that a step needs: 0.05 has two. */
const placesOf = (step: number) => String(step).split('.')[1]?.length ?? 0

/** Sums of decimal fractions are not exact: 0.1 + 0.2. */
export const onGrid = (value: number, step: number) => Number(value.toFixed(Math.max(placesOf(step), 0)))

export const isInteger = (shape: Shape) =>
  shape.type === 'integer' || (Array.isArray(shape.type) && shape.type.includes('integer'))

export const rangeOf = (shape: Shape): Range => {
  const multiple = finite(shape.multipleOf)
  const step = multiple !== undefined && multiple > 0 ? multiple : isInteger(shape) ? 1 : 0.01
  const over = finite(shape.exclusiveMinimum)
  const under = finite(shape.exclusiveMaximum)
  const lower = [finite(shape.minimum), over === undefined ? undefined : over + step]
  const upper = [finite(shape.maximum), under === undefined ? undefined : under - step]
  const known = (bounds: (number | undefined)[]) => bounds.filter((bound) => bound !== undefined)
  const least = known(lower).length === 0 ? null : Math.max(...known(lower))
  const greatest = known(upper).length === 0 ? null : Math.min(...known(upper))
  return {
    least: least === null ? null : onGrid(Math.ceil(onGrid(least / step, 1e-9)) * step, step),
    greatest: greatest === null ? null : onGrid(Math.floor(onGrid(greatest / step, 1e-9)) * step, step),
    step,
  }
}

/** Numbers for a shape, within its bounds and on its multiples. */
export const numbersFor = (shape: Shape): fc.Arbitrary<number> => {
  const { least, greatest, step } = rangeOf(shape)
  const from = least ?? Math.min(0, (greatest ?? 0) - USUAL)
  const to = Math.max(from, greatest ?? from + USUAL)
  const [low, high] = [Math.ceil(from / step - 1e-9), Math.floor(to / step + 1e-9)]
  const safe = (value: number) => Math.max(Number.MIN_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, value))
  if (low > high) return fc.constant(from)
  return fc.integer({ min: safe(low), max: safe(high) }).map((times) => onGrid(times * step, step))
}
