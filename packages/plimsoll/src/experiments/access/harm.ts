import { idOf } from '../../lab/speak/things.ts'
import { fieldsOf, type Thing } from './thing.ts'

type Fields = Readonly<Record<string, unknown>>

/** An object in a JSON answer, and where it stands. */
type Found = { at: readonly string[]; object: Record<string, unknown> }

const TOUCHED =
  /(?:^|[._])(?:updated|modified|changed|last_?(?:seen|login|access|used|read)|seen|viewed|accessed|views?|version|etag|__v)(?:$|[A-Z_.])/
const TOUCHED_CAMEL = /(?:updated|modified|changed|accessed)(?:At|On|Date|Time)$|Count$|Views$/

/** Every object in a JSON value, the innermost first. */
export const objectsIn = (value: unknown, at: readonly string[] = []): Found[] => {
  if (value === null || typeof value !== 'object' || at.length > 6) return []
  const inner = Object.entries(value).flatMap(([key, one]) => objectsIn(one, [...at, key]))
  return Array.isArray(value) ? inner : [...inner, { at, object: { ...value } }]
}

const holds = (object: Record<string, unknown>, texts: readonly string[]) =>
  Object.values(object).some(
    (value) => typeof value === 'string' && texts.some((text) => value.includes(text)),
  )

/** The thing in an answer: where one of its texts stands, or its id. Null where it does not show. */
export const findThing = (answer: unknown, { planted, fields, kin, made }: Thing): Found | null => {
  const objects = objectsIn(answer)
  // An account's number may be that of something else, too.
  const id = made === null ? undefined : idOf({ thing: fields, kin })
  const texts = planted.map(({ text }) => text)
  return (
    objects.find(({ object }) => holds(object, texts)) ??
    objects.find(({ object }) => id !== undefined && idOf({ thing: object, kin }) === id) ??
    null
  )
}

/** The thing in a later answer to the same request, which may hold none of its texts any more. */
export const findAgain = (answer: unknown, thing: Thing, { at, object }: Found): Found | null => {
  const found = findThing(answer, thing)
  if (found !== null) return found
  if (at.some((key) => /^\d+$/.test(key)) || idOf({ thing: object, kin: thing.kin }) !== undefined)
    return null
  return objectsIn(answer).find((one) => one.at.join('.') === at.join('.')) ?? null
}

const isTouched = (field: string) => TOUCHED.test(field) || TOUCHED_CAMEL.test(field)

/** Of a POST only what takes something away counts: whatever adds to a thing of somebody else may be meant to. */
const takesAway = (before: unknown, after: unknown) => {
  if (typeof before === 'number' && typeof after === 'number') return after < before
  if (before === null) return typeof after === 'string' ? /^\d{4}-\d\d-\d\dT/.test(after) : after === true
  return typeof before === typeof after || after === null || after === undefined
}

/**
 * What a thing is different by.
 * @param twice the thing as it was seen twice before: what differs there differs by itself
 * @param after null where it shows no more
 */
export const harmOf = (
  [first, second]: readonly [Fields, Fields],
  after: Fields | null,
  method: string,
): string[] => {
  if (after === null) return ['gone']
  return Object.keys(first).filter((field) => {
    if (isTouched(field) || first[field] !== second[field] || first[field] === after[field]) return false
    return method === 'POST' ? takesAway(first[field], after[field]) : true
  })
}

export const asFields = (object: Record<string, unknown>): Fields => fieldsOf(object)
