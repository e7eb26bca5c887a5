import { isGroup } from './group.ts'

/** Keywords whose value is one schema, a list of them, or a group of them by name. */
export const HOLDS = new Map<string, 'schema' | 'list' | 'group'>([
  ...['not', 'if', 'then', 'else', 'contains', 'propertyNames', 'additionalProperties', 'items'].map(
    (key) => [key, 'schema'] as const,
  ),
  ...['unevaluatedItems', 'unevaluatedProperties', 'additionalItems'].map((key) => [key, 'schema'] as const),
  ...['allOf', 'anyOf', 'oneOf', 'prefixItems'].map((key) => [key, 'list'] as const),
  ...['properties', 'patternProperties', 'dependentSchemas'].map((key) => [key, 'group'] as const),
])

/** They say nothing of values, or would move what `$ref` is relative to. */
export const LEFT_OUT = new Set([
  ...[
    '$id',
    'id',
    '$schema',
    '$anchor',
    '$dynamicAnchor',
    '$dynamicRef',
    '$recursiveRef',
    '$recursiveAnchor',
  ],
  ...['$defs', 'definitions', '$comment', '$vocabulary', 'xml', 'externalDocs', 'nullable', 'x-nullable'],
])

export const TYPES = new Set(['null', 'boolean', 'object', 'array', 'number', 'string', 'integer'])

const isCount = (value: unknown) => Number.isInteger(value) && Number(value) >= 0
const isNumber = (value: unknown) => typeof value === 'number' && Number.isFinite(value)
const isTexts = (value: unknown) => Array.isArray(value) && value.every((one) => typeof one === 'string')

const isPattern = (value: unknown) => {
  if (typeof value !== 'string') return false
  for (const flags of ['u', '']) {
    try {
      new RegExp(value, flags)
      return true
    } catch {}
  }
  return false
}

/** What the value of a keyword has to be; one that is not would make the whole schema useless. */
export const WANTS = new Map<string, { is(value: unknown): boolean; what: string }>([
  ...['minLength', 'maxLength', 'minItems', 'maxItems', 'minProperties', 'maxProperties'].map(
    (key) => [key, { is: isCount, what: 'a whole number of 0 or more' }] as const,
  ),
  ...['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'].map(
    (key) => [key, { is: isNumber, what: 'a number' }] as const,
  ),
  ['multipleOf', { is: (value) => isNumber(value) && Number(value) > 0, what: 'a number above 0' }],
  ['required', { is: isTexts, what: 'a list of names' }],
  ['enum', { is: (value) => Array.isArray(value) && value.length > 0, what: 'a list of values' }],
  ['pattern', { is: isPattern, what: 'a regular expression' }],
  ['format', { is: (value) => typeof value === 'string', what: 'a text' }],
  ['uniqueItems', { is: (value) => typeof value === 'boolean', what: 'true or false' }],
  ['examples', { is: Array.isArray, what: 'a list' }],
  ['dependentRequired', { is: isGroup, what: 'a group' }],
])
