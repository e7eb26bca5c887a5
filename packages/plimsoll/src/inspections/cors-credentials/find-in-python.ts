import type { Node } from 'web-tree-sitter'
import type { Python, Sighting } from '../define-reading.ts'
import { isUnderPythonCondition } from '../local-condition.ts'
import { argumentsOf, calleeOf, keywordOf, pythonCalls, pythonFunctionAround } from '../python-nodes.ts'
import { pythonOriginOf } from '../python-request-data.ts'

const EVERY = /["'](?:\.?\*)["']/

/** Flask-CORS allows every origin unless told otherwise, and repeats the asking one when cookies are allowed. */
const isOpenFlask = (call: Node) => {
  if (!/(?:^|\.)(?:CORS|cross_origin)$/.test(calleeOf(call))) return false
  if (keywordOf(call, 'supports_credentials')?.text !== 'True') return false
  const given = keywordOf(call, 'origins') ?? keywordOf(call, 'resources')
  return given === null || EVERY.test(given.text)
}

const isOpenStarlette = (call: Node) =>
  (/(?:^|\.)add_middleware$/.test(calleeOf(call))
    ? argumentsOf(call)[0]?.text === 'CORSMiddleware'
    : /(?:^|\.)CORSMiddleware$/.test(calleeOf(call))) &&
  keywordOf(call, 'allow_credentials')?.text === 'True' &&
  ['allow_origins', 'allow_origin_regex'].some((name) => EVERY.test(keywordOf(call, name)?.text ?? ''))

export function* findInPython({ root }: Python): Generator<Sighting<Node>> {
  for (const node of pythonCalls(root))
    if ((isOpenFlask(node) || isOpenStarlette(node)) && !isUnderPythonCondition(node))
      yield { kind: 'reflected', name: 'origins', node }
  for (const node of root.descendantsOfType('assignment')) {
    const left = node?.childForFieldName('left')?.text ?? ''
    const right = node?.childForFieldName('right') ?? null
    if (node === null || right === null || !/Access-Control-Allow-Origin/i.test(left)) continue
    const fn = pythonFunctionAround(node)?.text ?? ''
    const beside =
      /Access-Control-Allow-Credentials/i.test(fn) && !/\bnot in\b|\bin\s+\w*(?:allow|origin)/i.test(fn)
    if (beside && pythonOriginOf(right)?.from === 'request') yield { kind: 'reflected', name: 'origin', node }
  }
}
