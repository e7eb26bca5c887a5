import type { Node } from 'web-tree-sitter'
import { type RoutePlaces, routeAt } from './scope-of.ts'

/** Every call below a node. */
export const pythonCalls = (root: Node): Node[] =>
  root.descendantsOfType('call').filter((node) => node !== null)

/** `db.session.execute` of `db.session.execute(…)`; calls on the way are left out with their arguments. */
export const dottedName = (node: Node | null): string => {
  if (node === null) return ''
  if (node.type === 'identifier') return node.text
  if (node.type === 'call') return dottedName(node.childForFieldName('function'))
  if (node.type !== 'attribute') return ''
  const object = dottedName(node.childForFieldName('object'))
  const name = node.childForFieldName('attribute')?.text ?? ''
  return object === '' ? name : `${object}.${name}`
}

export const calleeOf = (call: Node): string => dottedName(call.childForFieldName('function'))

const given = (call: Node) =>
  (call.childForFieldName('arguments')?.namedChildren ?? []).filter((node) => node !== null)

export const argumentsOf = (call: Node): Node[] =>
  given(call).filter(({ type }) => type !== 'keyword_argument' && type !== 'comment')

export const keywordOf = (call: Node, name: string): Node | null =>
  given(call)
    .find((node) => node.type === 'keyword_argument' && node.childForFieldName('name')?.text === name)
    ?.childForFieldName('value') ?? null

/** The text of a string without interpolations; null for anything else. */
export const pythonText = (node: Node | null | undefined): string | null => {
  if (node?.type !== 'string') return null
  const parts = node.namedChildren.filter((child) => child !== null)
  if (parts.some(({ type }) => type === 'interpolation')) return null
  return parts
    .filter(({ type }) => type === 'string_content')
    .map(({ text }) => text)
    .join('')
}

export function* aroundPython(node: Node): Generator<Node> {
  for (let at = node.parent; at !== null; at = at.parent) yield at
}

export const pythonFunctionAround = (node: Node): Node | null => {
  for (const at of aroundPython(node)) if (at.type === 'function_definition') return at
  return null
}

/** The route or function around a node; the given word where it stands in neither. */
export const pythonScopeOf = (
  node: Node,
  { file, places, otherwise }: { file: string; places: RoutePlaces; otherwise: string },
): string => {
  let named: string | null = null
  for (const at of aroundPython(node)) {
    if (at.type !== 'function_definition') continue
    const first = at.parent?.type === 'decorated_definition' ? at.parent : at
    const route =
      routeAt(places, file, at.startPosition.row + 1) ?? routeAt(places, file, first.startPosition.row + 1)
    if (route !== null) return route
    named ??= at.childForFieldName('name')?.text ?? null
  }
  return named ?? otherwise
}
