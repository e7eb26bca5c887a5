import type { Node } from 'web-tree-sitter'

export type { Node }

export const named = (node: Node | null): Node[] =>
  node === null
    ? []
    : node.namedChildren.filter((child): child is Node => child !== null && child.type !== 'comment')

export const field = (node: Node, name: string): Node | null => node.childForFieldName(name)

export const lineOf = (node: Node): number => node.startPosition.row + 1

export const descendants = (node: Node, ...types: string[]): Node[] =>
  node.descendantsOfType(types).filter((child): child is Node => child !== null)

/** One argument of a call, as written: `*items` and `**options` have a `spread`. */
export type Argument = { name: string | null; value: Node; spread: '' | '*' | '**' }

export const argumentsOf = (call: Node): Argument[] => {
  const list = field(call, 'arguments')
  if (list?.type !== 'argument_list') return list === null ? [] : [{ name: null, value: list, spread: '' }]
  return named(list).map((node): Argument => {
    if (node.type === 'keyword_argument')
      return { name: field(node, 'name')?.text ?? null, value: field(node, 'value') ?? node, spread: '' }
    if (node.type === 'list_splat') return { name: null, value: named(node)[0] ?? node, spread: '*' }
    if (node.type === 'dictionary_splat') return { name: null, value: named(node)[0] ?? node, spread: '**' }
    return { name: null, value: node, spread: '' }
  })
}

/** The argument given by that keyword, or else at that position (null: by keyword only). */
export const argument = (call: Node, name: string, position: number | null = null): Node | null => {
  const given = argumentsOf(call)
  const byName = given.find((one) => one.name === name)
  if (byName !== undefined) return byName.value
  if (position === null) return null
  const positional = given.filter((one) => one.name === null)
  const before = positional.slice(0, position + 1)
  return before.some((one) => one.spread !== '') ? null : (positional[position]?.value ?? null)
}

/** `route` of `api.v1.route(…)`; '' when what is called has no name. */
export const calledName = (call: Node): string => {
  const callee = field(call, 'function')
  if (callee?.type === 'identifier') return callee.text
  return callee?.type === 'attribute' ? (field(callee, 'attribute')?.text ?? '') : ''
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\\n': '\n',
  '\\t': '\t',
  '\\r': '\r',
  '\\\\': '\\',
  "\\'": "'",
  '\\"': '"',
}

/** Pieces of a string literal: text, and the expressions of an f-string. */
export const stringPieces = (string: Node): (string | Node)[] => {
  const raw = /^[a-z]*r/i.test(string.child(0)?.text ?? '')
  return named(string).flatMap((part): (string | Node)[] => {
    if (part.type === 'interpolation') return [field(part, 'expression') ?? part]
    if (part.type !== 'string_content') return []
    if (raw || part.namedChildCount === 0) return [part.text]
    return [
      part.text.replace(
        /\\(?:\r?\n|.)/g,
        (written) => ESCAPES[written] ?? (written.endsWith('\n') ? '' : written),
      ),
    ]
  })
}
