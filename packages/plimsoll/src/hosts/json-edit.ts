import { isDeepStrictEqual } from 'node:util'
import { type Node, NoJson, nodeAt, readTree, skipBlanks } from './json-tree.ts'

type Style = { newline: string; unit: string }

/** How the text is laid out: its line ends, and the blanks of its first step inwards. */
const styleOf = (text: string): Style => ({
  newline: text.includes('\r\n') ? '\r\n' : '\n',
  unit: /\n([ \t]+)\S/.exec(text)?.[1] ?? '  ',
})

/** Blanks at the beginning of the line in which a place stands. */
const indentAt = (text: string, at: number): string => {
  const line = text.lastIndexOf('\n', at - 1) + 1
  return /^[ \t]*/.exec(text.slice(line, at))?.[0] ?? ''
}

const SHORT_LIST = /\[\s+("(?:[^"\\]|\\.)*"(?:,\s+"(?:[^"\\]|\\.)*")*)\s+\]/g

/** As JSON in the layout around it; a list of words stands in one line. */
const write = (value: unknown, indent: string, { newline, unit }: Style): string =>
  JSON.stringify(value, null, unit)
    .replace(SHORT_LIST, (_, words: string) => `[${words.replace(/,\s+/g, ', ')}]`)
    .replaceAll('\n', `${newline}${indent}`)

/** Adds a member behind the last one of an object or an array; what stands there keeps its bytes. */
const insertMember = (text: string, holder: Node, render: (indent: string) => string): string => {
  const style = styleOf(text)
  const members = holder.kind === 'object' ? holder.properties.map(({ value }) => value) : holder.items
  const last = members.at(-1)
  const outer = indentAt(text, holder.start)
  const inner = `${outer}${style.unit}`
  if (last === undefined) {
    const rest = text.slice(holder.start + 1, holder.end - 1)
    const isBlank = rest.trim() === ''
    const body = `${isBlank ? '' : rest.trimEnd()}${style.newline}${inner}${render(inner)}${style.newline}${outer}`
    return `${text.slice(0, holder.start + 1)}${body}${text.slice(holder.end - 1)}`
  }
  const comma = skipBlanks(text, last.end)
  const hasComma = text[comma] === ','
  const tail = hasComma ? comma + 1 : last.end
  const between = text.slice(tail, holder.end - 1)
  const kept = between.trimEnd()
  const isOneLine = !text.slice(holder.start, holder.end).includes('\n')
  const indent = isOneLine ? outer : indentAt(text, last.start)
  const lead = isOneLine ? ' ' : `${style.newline}${indent}`
  const member = `${lead}${isOneLine ? render(indent).replace(/\s*\n\s*/g, ' ') : render(indent)}${hasComma ? ',' : ''}`
  return `${text.slice(0, tail)}${hasComma ? '' : ','}${kept}${member}${between.slice(kept.length)}${text.slice(holder.end - 1)}`
}

const otherKind = ({ start }: Node) => new NoJson(start, 'holds another kind of value than is needed there')

const nest = (path: readonly string[], value: unknown): unknown =>
  path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value)

const insertAt = (text: string, path: readonly string[], value: unknown): string => {
  const root = readTree(text)
  let depth = path.length - 1
  while (depth > 0 && nodeAt(root, path.slice(0, depth)) === null) depth -= 1
  const holder = nodeAt(root, path.slice(0, depth)) ?? root
  if (holder.kind !== 'object') throw otherKind(holder)
  const [key = '', ...rest] = path.slice(depth)
  const style = styleOf(text)
  return insertMember(
    text,
    holder,
    (indent) => `${JSON.stringify(key)}: ${write(nest(rest, value), indent, style)}`,
  )
}

/** Takes a member out, with its comma and the blanks before it. */
const removeMember = (text: string, holder: Node, index: number): string => {
  const members =
    holder.kind === 'object'
      ? holder.properties.map(({ start, value }) => ({ start, end: value.end }))
      : holder.items
  const member = members[index]
  if (member === undefined) return text
  const before = members[index - 1]
  const next = skipBlanks(text, member.end)
  const hasComma = text[next] === ','
  const blanks = /\s*$/.exec(text.slice(0, member.start))?.[0].length ?? 0
  const start = member.start - blanks
  if (members.length === 1) {
    const rest = `${text.slice(holder.start + 1, start)}${text.slice(hasComma ? next + 1 : member.end, holder.end - 1)}`
    const inside = rest.trim() === '' ? '' : rest
    return `${text.slice(0, holder.start + 1)}${inside}${text.slice(holder.end - 1)}`
  }
  if (hasComma) return `${text.slice(0, start)}${text.slice(next + 1)}`
  const comma = before === undefined ? start : text.indexOf(',', skipBlanks(text, before.end))
  return `${text.slice(0, comma)}${text.slice(comma + 1, start)}${text.slice(member.end)}`
}

const withoutKey = (text: string, path: readonly string[]): string => {
  const holder = nodeAt(readTree(text), path.slice(0, -1))
  const index = holder?.properties.findLastIndex(({ key }) => key === path.at(-1)) ?? -1
  return holder === null || index === -1 ? text : removeMember(text, holder, index)
}

/** Takes away what nothing is left in: from the innermost outwards. */
const prune = (text: string, path: readonly string[]): string => {
  if (path.length === 0) return text
  const node = nodeAt(readTree(text), path)
  const isEmpty = node !== null && node.kind !== 'other' && node.properties.length + node.items.length === 0
  return isEmpty ? prune(withoutKey(text, path), path.slice(0, -1)) : text
}

/** Sets a key that is not there yet; one that is there stays as it is. */
export const addKey = (text: string, path: readonly string[], value: unknown): string =>
  nodeAt(readTree(text), path) === null ? insertAt(text, path, value) : text

/** Takes a key out if it still has that value, and what is empty then. */
export const removeKey = (text: string, path: readonly string[], value: unknown): string => {
  const node = nodeAt(readTree(text), path)
  if (node === null || !isDeepStrictEqual(node.value, value)) return text
  return prune(withoutKey(text, path), path.slice(0, -1))
}

/** Adds an item to a list, which is made if it is not there; an equal one is not added again. */
export const addItem = (text: string, path: readonly string[], value: unknown): string => {
  const list = nodeAt(readTree(text), path)
  if (list === null) return insertAt(text, path, [value])
  if (list.kind !== 'array') throw otherKind(list)
  if (list.items.some((item) => isDeepStrictEqual(item.value, value))) return text
  const style = styleOf(text)
  return insertMember(text, list, (indent) => write(value, indent, style))
}

/** Takes an equal item out of a list, and what is empty then. */
export const removeItem = (text: string, path: readonly string[], value: unknown): string => {
  const list = nodeAt(readTree(text), path)
  const index = list?.items.findIndex((item) => isDeepStrictEqual(item.value, value)) ?? -1
  return list === null || index === -1 ? text : prune(removeMember(text, list, index), path)
}
