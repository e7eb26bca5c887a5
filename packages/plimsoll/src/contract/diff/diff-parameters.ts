import type { ApiOperation, ApiParameter } from '../api.ts'
import { isInvalidOnWire } from '../generate/readings.ts'
import { wireForm } from '../generate/wire-form.ts'
import { diffSchemas, type Found } from './diff-schemas.ts'
import { requestWithout } from './sample-request.ts'
import type { Space } from './space.ts'

export type PartFound = Found & { part: string }

const keyOf = ({ name, in: where }: ApiParameter) =>
  `${where} ${where === 'header' ? name.toLowerCase() : name}`

const partOf = ({ name, in: where }: ApiParameter) => `${where} ${name}`

const isList = ({ schema }: ApiParameter) =>
  typeof schema === 'object' && [schema.type].flat().some((one) => one === 'array' || one === 'object')

/** Path parameters have no name on the wire: they are the same by their order. */
const ordered = ({ path, parameters }: ApiOperation): ApiParameter[] => {
  const names = [...path.matchAll(/:(\w+)/g)].map(([, name]) => name ?? '')
  return names.flatMap((name) => parameters.find((one) => one.in === 'path' && one.name === name) ?? [])
}

type Both = { before: ApiParameter; after: ApiParameter }

const diffValues = ({ before, after }: Both, space: Space): PartFound[] => {
  const schema = space.of('after', after.schema)
  const { style, explode } = after
  const isRefused = (value: unknown) =>
    isInvalidOnWire(schema, { style, explode, texts: wireForm(after, value).map(([, text]) => text) }, space)
  return diffSchemas(space, {
    before: before.schema,
    after: after.schema,
    whole: before.name,
    isRefused,
  }).map((one) => ({
    ...one,
    part: partOf(before),
  }))
}

const diffStyle = ({ before, after }: Both): PartFound[] => {
  const same = before.style === after.style && before.explode === after.explode
  if (same || !isList(before) || !isList(after)) return []
  const written = ({ style, explode }: ApiParameter) => `${style}${explode ? ', exploded' : ''}`
  const what = `${before.name} was written as ${written(before)}, is as ${written(after)} now`
  return [{ rule: 'other', at: '', part: partOf(before), what, severity: 'low', witness: null }]
}

type Sides = { before: ApiOperation; after: ApiOperation; space: Space }

const diffRequired = ({ before, after, space }: Sides): PartFound[] => {
  const had = new Map(before.parameters.map((one) => [keyOf(one), one]))
  return after.parameters
    .filter((one) => one.in !== 'path' && one.required && had.get(keyOf(one))?.required !== true)
    .map((parameter) => {
      const moved = movedFrom(parameter, { before, after })
      const was = moved === undefined ? 'not there' : `in the ${moved.in}`
      return {
        rule: moved === undefined ? 'parameter-required' : 'parameter-moved',
        at: '',
        part: partOf(parameter),
        what:
          had.has(keyOf(parameter)) && moved === undefined
            ? `${parameter.name} is required now, and was optional`
            : `${parameter.name} is required now, and was ${was}`,
        severity: 'high',
        witness: {
          as: 'request',
          value: requestWithout(before, keyOf(parameter), space),
          refusal: `the ${parameter.in} parameter ${parameter.name} is missing`,
        },
      }
    })
}

const movedFrom = (
  { name, in: where }: ApiParameter,
  { before, after }: Pick<Sides, 'before' | 'after'>,
): ApiParameter | undefined =>
  before.parameters.find(
    (one) =>
      one.name === name &&
      one.in !== where &&
      one.in !== 'path' &&
      !after.parameters.some((other) => keyOf(other) === keyOf(one)),
  )

/** One that moved and need not be given is overlooked in its old place. */
const diffMoved = ({ before, after }: Sides): PartFound[] => {
  const had = new Set(before.parameters.map(keyOf))
  return after.parameters
    .filter((one) => !one.required && one.in !== 'path' && !had.has(keyOf(one)))
    .flatMap((parameter): PartFound[] => {
      const moved = movedFrom(parameter, { before, after })
      if (moved === undefined) return []
      const what = `${parameter.name} was in the ${moved.in}, is in the ${parameter.in} now`
      return [{ rule: 'parameter-moved', at: '', part: partOf(moved), what, severity: 'low', witness: null }]
    })
}

/** What breaks in the parameters of an operation. One that is gone does not: what nobody reads is overlooked. */
export const diffParameters = (sides: Sides): PartFound[] => {
  const { before, after, space } = sides
  const fresh = new Map(after.parameters.map((one) => [keyOf(one), one]))
  const inPath = ordered(after)
  const pairs = [
    ...ordered(before).map((one, at) => ({ before: one, after: inPath[at] })),
    ...before.parameters
      .filter((one) => one.in !== 'path')
      .map((one) => ({ before: one, after: fresh.get(keyOf(one)) })),
  ].flatMap(({ before: old, after: now }) => (now === undefined ? [] : [{ before: old, after: now }]))
  return [
    ...diffRequired(sides),
    ...diffMoved(sides),
    ...pairs.flatMap((pair) => [...diffValues(pair, space), ...diffStyle(pair)]),
  ]
}
