import type { Node } from 'web-tree-sitter'
import type { Python, Sighting } from '../define-reading.ts'
import { isUnderPythonCondition } from '../local-condition.ts'
import { argumentsOf, calleeOf, keywordOf, pythonCalls } from '../python-nodes.ts'

const SENDS =
  /(?:^|\.)(?:get|post|put|patch|delete|head|options|request|send|stream|Session|Client|AsyncClient|TCPConnector|PoolManager)$/

const kindOf = (call: Node): Omit<Sighting<Node>, 'node'> | null => {
  const name = calleeOf(call)
  if (/(?:^|\.)_create_unverified_context$/.test(name)) return { kind: 'connection', name }
  if (/(?:^|\.)disable_warnings$/.test(name) && /Insecure/.test(argumentsOf(call)[0]?.text ?? 'Insecure'))
    return { kind: 'silenced', name }
  if (!SENDS.test(name)) return null
  const off = ['verify', 'verify_ssl', 'ssl'].find((word) => keywordOf(call, word)?.text === 'False')
  const none = keywordOf(call, 'cert_reqs')?.text.includes('CERT_NONE') ? 'cert_reqs' : undefined
  return (off ?? none) === undefined ? null : { kind: 'connection', name: `${off ?? none}` }
}

export function* findInPython({ root }: Python): Generator<Sighting<Node>> {
  for (const node of pythonCalls(root)) {
    const found = kindOf(node)
    if (found !== null && !isUnderPythonCondition(node)) yield { ...found, node }
  }
  for (const node of root.descendantsOfType('assignment')) {
    if (node === null || isUnderPythonCondition(node)) continue
    const left = node.childForFieldName('left')?.text ?? ''
    const right = node.childForFieldName('right')?.text ?? ''
    const none = /\.verify_mode$/.test(left) && /CERT_NONE$/.test(right)
    if (none || (/\.verify$/.test(left) && right === 'False')) yield { kind: 'connection', name: left, node }
  }
}
