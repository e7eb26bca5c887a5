/** A value of a JSON text that may hold comments and trailing commas, with the place where it stands. */
export type Node = {
  start: number
  end: number
  value: unknown
  /** of an object */
  properties: readonly { key: string; start: number; value: Node }[]
  /** of an array */
  items: readonly Node[]
  kind: 'object' | 'array' | 'other'
}

/** Where a text stops being JSON, or being what is expected. */
export class NoJson extends Error {
  readonly offset: number
  constructor(offset: number, reason = 'is no valid JSON') {
    super(reason)
    this.offset = offset
  }
}

const BLANK = /(?:\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y
const SCALAR = /"(?:[^"\\\n]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y

/** Where the next word begins: behind blanks and comments. */
export const skipBlanks = (text: string, at: number): number => {
  BLANK.lastIndex = at
  return at + (BLANK.exec(text)?.[0].length ?? 0)
}

const scalar = (text: string, start: number): Node => {
  SCALAR.lastIndex = start
  const found = SCALAR.exec(text)?.[0]
  if (found === undefined) throw new NoJson(start)
  const value: unknown = JSON.parse(found)
  return { start, end: start + found.length, value, properties: [], items: [], kind: 'other' }
}

const list = (text: string, start: number): Node => {
  const items: Node[] = []
  let at = skipBlanks(text, start + 1)
  while (text[at] !== ']') {
    const item = node(text, at)
    items.push(item)
    at = skipBlanks(text, item.end)
    if (text[at] === ',') at = skipBlanks(text, at + 1)
    else if (text[at] !== ']') throw new NoJson(at)
  }
  return { start, end: at + 1, value: items.map(({ value }) => value), properties: [], items, kind: 'array' }
}

const object = (text: string, start: number): Node => {
  const properties: { key: string; start: number; value: Node }[] = []
  let at = skipBlanks(text, start + 1)
  while (text[at] !== '}') {
    const key = scalar(text, at)
    const colon = skipBlanks(text, key.end)
    if (typeof key.value !== 'string' || text[colon] !== ':') throw new NoJson(colon)
    const value = node(text, skipBlanks(text, colon + 1))
    properties.push({ key: key.value, start: at, value })
    at = skipBlanks(text, value.end)
    if (text[at] === ',') at = skipBlanks(text, at + 1)
    else if (text[at] !== '}') throw new NoJson(at)
  }
  const value = Object.fromEntries(properties.map((property) => [property.key, property.value.value]))
  return { start, end: at + 1, value, properties, items: [], kind: 'object' }
}

const node = (text: string, at: number): Node => {
  if (text[at] === '{') return object(text, at)
  return text[at] === '[' ? list(text, at) : scalar(text, at)
}

/**
 * Reads JSON with comments.
 * @throws NoJson where it stops being that
 */
export const readTree = (text: string): Node => {
  const root = node(text, skipBlanks(text, text.startsWith('\uFEFF') ? 1 : 0))
  const end = skipBlanks(text, root.end)
  if (end !== text.length) throw new NoJson(end)
  return root
}

/** Follows keys from the root; null where one is missing. */
export const nodeAt = (root: Node, path: readonly string[]): Node | null =>
  path.reduce<Node | null>(
    (above, key) => above?.properties.findLast((property) => property.key === key)?.value ?? null,
    root,
  )
