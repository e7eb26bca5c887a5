import type { ApiParameter } from '../api.ts'
import { isShape } from './shape.ts'

type Written = Pick<ApiParameter, 'name' | 'in' | 'style' | 'explode'>

const SEPARATORS: Readonly<Record<string, string>> = { pipeDelimited: '|', spaceDelimited: ' ' }

const textOf = (value: unknown): string =>
  value === null || value === undefined
    ? ''
    : typeof value === 'object'
      ? JSON.stringify(value)
      : String(value)

/** A parameter as it is written: pairs of name and text for a query, one text for the rest. */
export const wireForm = (
  { name, in: where, style, explode }: Written,
  value: unknown,
): [string, string][] => {
  const separate = where === 'query' || where === 'cookie'
  if (Array.isArray(value)) {
    if (separate && explode && style === 'form') return value.map((item) => [name, textOf(item)])
    return [[name, value.map(textOf).join(SEPARATORS[style] ?? ',')]]
  }
  if (!isShape(value)) return [[name, textOf(value)]]
  const entries = Object.entries(value)
  if (style === 'deepObject') return entries.map(([key, inner]) => [`${name}[${key}]`, textOf(inner)])
  if (separate && explode) return entries.map(([key, inner]) => [key, textOf(inner)])
  return [[name, entries.map(([key, inner]) => `${key},${textOf(inner)}`).join(',')]]
}
