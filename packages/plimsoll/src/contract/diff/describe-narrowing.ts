import type { Direction } from '../json-schema/directed.ts'
import { type Narrowing, shownPath } from './narrowing.ts'

/** In a request the wider schema is the older one, in an answer the newer one. */
const WORDS: Readonly<Record<string, (path: string, one: Narrowing) => [request: string, response: string]>> =
  {
    required: (path, { wide }) => [
      `${path} is required now, and was ${wide === 'not named' ? 'not there' : 'optional'}`,
      wide === 'not named' ? `${path} is gone` : `${path} was always there, and may be missing now`,
    ],
    null: (path) => [`${path} may no longer be null`, `${path} may be null now`],
    type: (path, { wide, narrow }) => [
      `${path} was ${wide}, is ${narrow} now`,
      `${path} was ${narrow}, is ${wide} now`,
    ],
    enum: (path, { wide }) => [`${path} no longer takes ${wide}`, `${path} may be ${wide} now`],
    bound: (path, { wide, narrow }) => [
      `${path}: ${wide} became ${narrow}`,
      `${path}: ${narrow} became ${wide}`,
    ],
    form: (path, { wide }) => [
      `${path}: a form that was taken is refused (${wide})`,
      `${path} has a form that it never had (${wide})`,
    ],
    'unknown-property': (path, { property, steps }) => {
      const own = steps.at(-1)
      const named = typeof own === 'object' && own.property === property
      return named
        ? [`${path} is refused now`, `${path} is new`]
        : [`${path} refuses properties that it does not name`, `${path} may hold more properties`]
    },
    'field-removed': (path) => [`${path} is gone`, `${path} is gone, which was optional`],
    other: (path) => [`${path} refuses values that it took`, `${path} may hold what it could not`],
  }

/**
 * `title is required now, and was optional`
 * @param whole what the value is called: `the body`
 */
export const describeNarrowing = (narrowing: Narrowing, direction: Direction, whole: string): string => {
  const [request, response] = WORDS[narrowing.rule]?.(shownPath(narrowing.steps) || whole, narrowing) ?? [
    '',
    '',
  ]
  return direction === 'request' ? request : response
}
