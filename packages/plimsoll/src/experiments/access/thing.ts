import type { RequestOptions } from '../../lab/lab.ts'
import type { Harvest } from '../../lab/speak/harvest.ts'
import { sameKin, singular, stem } from '../../lab/speak/things.ts'
import type { Exchange } from '../../model/evidence.ts'
import type { Planted } from './plant.ts'

/** An object that one of the actors created. */
export type Thing = {
  /** what it is called: `note` */
  kin: string
  /** other words that mean the same */
  alias: readonly string[]
  /** pattern of the path that it was created at */
  path: string
  /** texts that stand in it, and in nothing else */
  planted: Planted[]
  /** names that it has: what fills `:id` and `noteId` */
  harvest: Harvest
  /** its fields as it was first seen: `author.username` -> value */
  fields: Readonly<Record<string, unknown>>
  /** what it was created below, the nearest first */
  parents: readonly Thing[]
  /** the request that created it, and the answer */
  sent: RequestOptions | null
  made: Exchange | null
}

/** Names and values of an object, those of objects in it with a dot. */
export const fieldsOf = (value: unknown, under = '', depth = 0): Record<string, unknown> => {
  if (value === null || typeof value !== 'object' || depth > 4) return {}
  return Object.assign(
    {},
    ...Object.entries(value).map(([key, inner]) =>
      inner !== null && typeof inner === 'object'
        ? fieldsOf(inner, `${under}${key}.`, depth + 1)
        : { [`${under}${key}`]: inner },
    ),
  )
}

const VERSION = /^(?:api|v\d+(?:\.\d+)*)$/i

/** Words of a path that say what is meant: `/users/v1/:id` is about users. */
export const wordsOf = (path: string): string[] =>
  path.split('/').filter((part) => part !== '' && !part.startsWith(':') && !VERSION.test(part))

export const kinAt = (path: string): string => singular(wordsOf(path).at(-1) ?? '').toLowerCase()

const trim = (path: string) => path.replace(/\/$/, '')

/** true where the parameter of this path means a thing of this kind. */
export const isFor = (thing: Thing, path: string, name: string): boolean => {
  const near = trim(path.slice(0, path.indexOf(`/:${name}`)))
  const words = [thing.kin, ...thing.alias]
  return (
    near === trim(thing.path) || words.some((word) => sameKin(kinAt(near), word) || sameKin(stem(name), word))
  )
}

/** Values that may name the thing in the place of this parameter, the best first. */
export const namesOf = (thing: Thing, path: string, name: string): string[] => {
  const near = path.slice(0, path.indexOf(`/:${name}`))
  const asked = isFor(thing, path, name) ? `${trim(thing.path)}/:${name}` : path
  const found = [
    ...thing.harvest.forParameter(asked, name),
    ...thing.harvest.forParameter(`${near}/:${name}`, name),
  ]
  return [...new Set(found)]
}
