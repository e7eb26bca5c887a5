/** An object of a parsed document. */
export type Group = Readonly<Record<string, unknown>>

export const isGroup = (value: unknown): value is Group =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

export const groupOf = (value: unknown): Group => (isGroup(value) ? value : {})

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

export const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null)

const escapeKey = (key: string) => key.replaceAll('~', '~0').replaceAll('/', '~1')

/** A JSON pointer one step on: `/paths` and `/notes` give `/paths/~1notes`. */
export const pointerTo = (pointer: string, ...keys: (string | number)[]): string =>
  keys.reduce<string>((path, key) => `${path}/${escapeKey(String(key))}`, pointer)

/** What a JSON pointer leads to; undefined for nothing. */
export const followPointer = (document: unknown, pointer: string): unknown => {
  let target = document
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~')
    if (Array.isArray(target)) target = target[Number(key)]
    else target = isGroup(target) && Object.hasOwn(target, key) ? target[key] : undefined
  }
  return target
}
