import { posix } from 'node:path'
import { followPointer, type Group, isGroup, pointerTo } from './group.ts'

/** A value of a document, and where it stands: what it refers to is relative to its own file. */
export type Place = { value: unknown; file: string; pointer: string }

export type Complain = (place: Pick<Place, 'file' | 'pointer'>, problem: string) => void

export type Documents = {
  /** where a reference leads, one step; null where it leads nowhere, which is written down */
  target(ref: string, from: Place): Place | null
  /** the place itself, or what it refers to in the end; its value is undefined where that is nothing */
  follow(place: Place): Place
}

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

const LONGEST_CHAIN = 30
const URL_SCHEME = /^(?:[a-z][a-z0-9+.-]+:|\/\/)/i

export const childOf = (place: Place, ...keys: (string | number)[]): Place => {
  let { value } = place
  for (const key of keys) {
    if (Array.isArray(value)) value = value[Number(key)]
    else value = isGroup(value) && Object.hasOwn(value, key) ? value[key] : undefined
  }
  return { value, file: place.file, pointer: pointerTo(place.pointer, ...keys) }
}

const refOf = (value: unknown): string | null =>
  isGroup(value) && typeof value.$ref === 'string' ? value.$ref : null

/**
 * The documents that an API is written in: its own, and those of the repo that it refers to. Nothing is fetched.
 * @param readExternal gives a parsed file of the repo; null where there is none
 */
export const openDocuments = (
  own: { file: string; value: Group },
  readExternal: (file: string) => unknown,
  complain: Complain,
): Documents => {
  const read = new Map<string, unknown>([[own.file, own.value]])
  const documentOf = (file: string): unknown => {
    if (!read.has(file)) read.set(file, readExternal(file))
    return read.get(file)
  }

  const target = (ref: string, from: Place): Place | null => {
    const [uri = '', fragment = ''] = ref.split('#', 2).map(decoded)
    if (URL_SCHEME.test(uri)) {
      complain(from, `${ref} is outside of the repository and was not fetched`)
      return null
    }
    const file = uri === '' ? from.file : posix.normalize(posix.join(posix.dirname(from.file), uri))
    const value =
      fragment === '' || fragment.startsWith('/') ? followPointer(documentOf(file), fragment) : undefined
    if (value === undefined || value === null) {
      complain(from, `${ref} leads nowhere`)
      return null
    }
    return { value, file, pointer: fragment === '/' ? '' : fragment }
  }

  const follow = (place: Place): Place => {
    let at = place
    for (let steps = 0; steps < LONGEST_CHAIN; steps += 1) {
      const ref = refOf(at.value)
      if (ref === null) return at
      const next = target(ref, at)
      if (next === null) return { ...at, value: undefined }
      at = next
    }
    complain(place, `${refOf(place.value)} refers to itself`)
    return { ...place, value: undefined }
  }

  return { target, follow }
}
