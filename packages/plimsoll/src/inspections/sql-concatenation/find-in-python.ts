import type { Node } from 'web-tree-sitter'
import type { Python, Sighting } from '../define-reading.ts'
import { argumentsOf, calleeOf, pythonCalls, pythonText } from '../python-nodes.ts'
import { pythonOriginOf, pythonValuesOf } from '../python-request-data.ts'
import { endsInQuotes, isStatement } from './statement-shape.ts'

type Piece = string | Node

const EXECUTES =
  /(?:^|\.)(?:execute|executemany|executescript|raw|read_sql|read_sql_query|from_statement|fetch|fetchrow|fetchval|mogrify)$/

const ofString = (node: Node): Piece[] => {
  const text = pythonText(node)
  if (text !== null) return [text]
  return node.namedChildren.flatMap((child): Piece[] => {
    if (child?.type === 'string_content') return [child.text]
    return child?.type === 'interpolation' && child.namedChildren[0] ? [child.namedChildren[0]] : []
  })
}

/** `'…%s…' % value` and `'…{}…'.format(value)`: the values stand where the marks are. */
const filled = (text: string, mark: RegExp, values: readonly Node[]): Piece[] => {
  const parts = text.split(mark)
  return parts.flatMap((part, index): Piece[] => {
    const value = values[Math.min(index, values.length - 1)]
    return index < parts.length - 1 && value !== undefined ? [part, value] : [part]
  })
}

const valuesOf = (node: Node): Node[] =>
  node.type === 'tuple' ? node.namedChildren.filter((child) => child !== null) : [node]

const piecesOf = (node: Node, hops: number): Piece[] => {
  if (hops <= 0) return [node]
  if (node.type === 'string') return ofString(node)
  if (node.type === 'concatenated_string' || node.type === 'parenthesized_expression')
    return node.namedChildren.flatMap((child) => (child === null ? [] : piecesOf(child, hops)))
  const left = node.childForFieldName('left')
  const right = node.childForFieldName('right')
  if (node.type === 'binary_operator' && left !== null && right !== null) {
    if (node.childForFieldName('operator')?.text === '+')
      return [...piecesOf(left, hops), ...piecesOf(right, hops)]
    return filled(pythonText(left) ?? '', /%(?:\(\w+\))?[sdr]/, valuesOf(right))
  }
  if (node.type === 'call') {
    const callee = node.childForFieldName('function')
    const object = callee?.childForFieldName('object')
    if (callee?.childForFieldName('attribute')?.text === 'format' && object)
      return filled(pythonText(object) ?? '', /\{\w*\}/, argumentsOf(node))
    const [first] = argumentsOf(node)
    if (/(?:^|\.)text$/.test(calleeOf(node)) && first !== undefined) return piecesOf(first, hops)
  }
  if (node.type === 'identifier') {
    const values = pythonValuesOf(node)
    if (values.length > 0) return values.flatMap((value) => piecesOf(value, hops - 1))
  }
  return [node]
}

const filledIn = (pieces: readonly Piece[]): Omit<Sighting<Node>, 'node'> | null => {
  let before = ''
  let doubted: Omit<Sighting<Node>, 'node'> | null = null
  for (const piece of pieces) {
    if (typeof piece === 'string') {
      before += piece
      continue
    }
    const origin = pythonOriginOf(piece)
    if (origin?.from === 'request') return { kind: 'request', name: origin.text, causes: [piece] }
    if (origin?.from === 'parameter' && endsInQuotes(before))
      doubted ??= { kind: 'parameter', name: origin.text, causes: [piece] }
    before += 'x'
  }
  return doubted
}

export function* findInPython({ root }: Python): Generator<Sighting<Node>> {
  for (const node of pythonCalls(root)) {
    const [first] = argumentsOf(node)
    if (first === undefined || !EXECUTES.test(calleeOf(node))) continue
    const pieces = piecesOf(first, 4)
    if (!isStatement(pieces.map((piece) => (typeof piece === 'string' ? piece : 'x')).join(''))) continue
    const found = filledIn(pieces)
    if (found !== null) yield { ...found, node }
  }
}
