import type { Node } from 'web-tree-sitter'
import type { Python, Sighting } from '../define-reading.ts'
import {
  argumentsOf,
  calleeOf,
  keywordOf,
  pythonCalls,
  pythonFunctionAround,
  pythonText,
} from '../python-nodes.ts'
import { pythonSenderOf } from '../python-request-data.ts'
import { FAST, isPassword, LEAST_BCRYPT, LEAST_PBKDF2 } from './words.ts'

const numberIn = (node: Node | null | undefined): number | null => {
  const text = node?.text.replaceAll('_', '') ?? ''
  return /^\d+$/.test(text) ? Number(text) : null
}

const kindOf = (call: Node): Omit<Sighting<Node>, 'node'> | null => {
  const name = calleeOf(call)
  const [first, second, , fourth] = argumentsOf(call)
  const digest = /^hashlib\.(\w+)$/.exec(name)?.[1] ?? ''
  if (FAST.test(digest) && first !== undefined && isPassword(first.text))
    return { kind: 'fast', name: digest }
  if (/(?:^|\.)generate_password_hash$/.test(name)) {
    const method = pythonText(keywordOf(call, 'method') ?? second) ?? ''
    const rounds = Number(/^pbkdf2:\w+:(\d+)$/.exec(method)?.[1] ?? LEAST_PBKDF2)
    if (method === 'plain' || FAST.test(method)) return { kind: 'fast', name: method }
    return rounds < LEAST_PBKDF2 ? { kind: 'cheap', name: `PBKDF2 with ${rounds} rounds` } : null
  }
  if (/(?:^|\.)pbkdf2_hmac$/.test(name) && isPassword(second?.text ?? '')) {
    const rounds = numberIn(keywordOf(call, 'iterations') ?? fourth)
    return rounds !== null && rounds < LEAST_PBKDF2
      ? { kind: 'cheap', name: `PBKDF2 with ${rounds} rounds` }
      : null
  }
  if (!/(?:^|\.)gensalt$/.test(name)) return null
  const cost = numberIn(keywordOf(call, 'rounds') ?? first)
  return cost !== null && cost < LEAST_BCRYPT ? { kind: 'cheap', name: `bcrypt with ${cost}` } : null
}

const isSent = (node: Node) =>
  isPassword(node.text.replace(/\.get\(["'](\w+)["'].*\)$/, '.$1')) &&
  pythonSenderOf(node)?.from === 'request'
const isKept = (node: Node) =>
  node.type === 'attribute' && isPassword(node.text) && pythonSenderOf(node) === null

export function* findInPython({ root }: Python): Generator<Sighting<Node>> {
  for (const node of pythonCalls(root)) {
    const found = kindOf(node)
    const onTheWay = /bcrypt|argon2|scrypt|pwnedpasswords/.test(pythonFunctionAround(node)?.text ?? '')
    if (found !== null && (found.kind !== 'fast' || !onTheWay)) yield { ...found, node }
  }
  for (const node of root.descendantsOfType('comparison_operator')) {
    const [left, right] = node?.namedChildren ?? []
    if (!node || !left || !right || !/[!=]=/.test(node.text)) continue
    if ((isSent(left) && isKept(right)) || (isSent(right) && isKept(left)))
      yield { kind: 'plain', name: node.text.split('\n')[0]?.slice(0, 60) ?? '', node }
  }
}
