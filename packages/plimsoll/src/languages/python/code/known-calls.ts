import { asText, readTemplate } from './read-text.ts'
import { text, unknown, type Value } from './values.ts'

type Read = (position: number | string) => Value | null

const joinPaths = (read: Read, count: number): Value => {
  let joined = ''
  for (let index = 0; index < count; index += 1) {
    const part = read(index)
    if (part?.kind !== 'text') return unknown('a part of the path is not known')
    joined =
      part.text.startsWith('/') || joined === '' ? part.text : `${joined.replace(/\/$/, '')}/${part.text}`
  }
  return text(joined)
}

const parentPath = (path: string) => (path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '.')

const fromEnvironment = (name: Value | null, otherwise: Value | null): Value => {
  const from = name?.kind === 'text' ? name.text : undefined
  if (otherwise?.kind === 'text') return text(otherwise.text, from)
  if (otherwise?.kind === 'number' && from !== undefined) return { ...otherwise, from }
  return unknown(`it comes from the environment${from === undefined ? '' : ` variable ${from}`}`, from)
}

const same = (read: Read): Value | null => read(0)

const EXTERNAL: Readonly<Record<string, (read: Read, count: number) => Value | null>> = {
  'os.path.join': joinPaths,
  'pathlib.Path': joinPaths,
  'os.path.dirname': (read) => {
    const path = read(0)
    return path?.kind === 'text' ? text(parentPath(path.text)) : unknown('the path is not known')
  },
  'os.path.abspath': same,
  'os.path.realpath': same,
  'os.path.normpath': same,
  str: (read) => {
    const value = read(0)
    const written = value === null ? null : asText(value)
    return written === null ? unknown('the text is not known') : text(written)
  },
  int: (read) => {
    const value = read(0)
    if (value?.kind === 'text' && /^\d+$/.test(value.text))
      return {
        kind: 'number',
        number: Number(value.text),
        ...(value.from === undefined ? {} : { from: value.from }),
      }
    return value?.kind === 'number' || value?.kind === 'unknown' ? value : unknown('the number is not known')
  },
  list: same,
  tuple: same,
  set: same,
  frozenset: same,
  sorted: same,
  'os.getenv': (read) => fromEnvironment(read(0), read(1) ?? read('default')),
  'os.environ.get': (read) => fromEnvironment(read(0), read(1) ?? read('default')),
  'decouple.config': (read) => fromEnvironment(read(0), read('default')),
}

/** What a pure function of the standard library gives for known arguments; null: it makes an object. */
export const callExternal = (name: string, read: Read, count: number): Value | null =>
  Object.hasOwn(EXTERNAL, name) ? (EXTERNAL[name]?.(read, count) ?? null) : null

const trimmed = (value: string, characters: string, start: boolean, end: boolean) => {
  let from = 0
  let to = value.length
  while (start && from < to && characters.includes(value[from] ?? '')) from += 1
  while (end && to > from && characters.includes(value[to - 1] ?? '')) to -= 1
  return value.slice(from, to)
}

/** Methods of texts, tables and lists. */
export const callMember = (of: Value, name: string, read: Read, count: number): Value | null => {
  if (of.kind === 'table') return callTable(of, name, read)
  if (of.kind !== 'text') return null
  const first = read(0)
  const characters = first?.kind === 'text' ? first.text : ' \t\n'
  switch (name) {
    case 'format':
      return readTemplate(of.text, read)
    case 'strip':
      return text(trimmed(of.text, characters, true, true))
    case 'lstrip':
      return text(trimmed(of.text, characters, true, false))
    case 'rstrip':
      return text(trimmed(of.text, characters, false, true))
    case 'lower':
      return text(of.text.toLowerCase())
    case 'upper':
      return text(of.text.toUpperCase())
    case 'join':
      return joinItems(of.text, first)
    case 'joinpath':
      return joinPaths((position) => (position === 0 ? of : read(Number(position) - 1)), count + 1)
    case 'resolve':
    case 'absolute':
      return of
    default:
      return null
  }
}

const joinItems = (separator: string, list: Value | null): Value => {
  const parts = list?.kind === 'list' ? list.items.map(asText) : [null]
  return parts.includes(null) ? unknown('a part of the text is not known') : text(parts.join(separator))
}

const callTable = (of: Extract<Value, { kind: 'table' }>, name: string, read: Read): Value | null => {
  const key = read(0)
  if (name === 'get' && key?.kind === 'text') return of.entries.get(key.text) ?? read(1) ?? { kind: 'none' }
  if (name === 'values') return { kind: 'list', items: [...of.entries.values()] }
  if (name === 'keys') return { kind: 'list', items: [...of.entries.keys()].map((each) => text(each)) }
  if (name === 'items')
    return {
      kind: 'list',
      items: [...of.entries].map(([each, value]): Value => ({ kind: 'list', items: [text(each), value] })),
    }
  return null
}

/** `pathlib` attributes of a path that is known as text. */
export const pathAttribute = (path: string, name: string): Value | null => {
  if (name === 'parent') return text(parentPath(path))
  return name === 'name' ? text(path.slice(path.lastIndexOf('/') + 1)) : null
}
