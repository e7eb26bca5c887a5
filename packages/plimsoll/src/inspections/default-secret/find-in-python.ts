import type { Node } from 'web-tree-sitter'
import type { Python, Sighting } from '../define-reading.ts'
import { isUnderPythonCondition } from '../local-condition.ts'
import { argumentsOf, calleeOf, keywordOf, pythonCalls, pythonText } from '../python-nodes.ts'
import { isFallback, kindOfName, withoutLiteral } from './words.ts'

const ASKS = /^(?:os\.environ\.get|environ\.get|os\.getenv|getenv|config|env|env\.str|decouple\.config)$/

/** `os.environ.get('NAME', 'x')` and `os.environ.get('NAME') or 'x'` */
const fallbackOf = (call: Node): { name: string; value: string } | null => {
  const [first, second] = argumentsOf(call)
  const name = pythonText(first)
  if (name === null || !ASKS.test(calleeOf(call))) return null
  const { parent } = call
  const other = parent?.type === 'boolean_operator' ? parent.childForFieldName('right') : null
  const value = pythonText(second) ?? pythonText(keywordOf(call, 'default')) ?? pythonText(other)
  return value === null ? null : { name, value }
}

/** Flask signs its sessions with what is set here. */
const SET_ON_APP = /(?:\.config\[["'](?:JWT_)?SECRET_KEY["']\]|\.secret_key)$/

const isSetOnApp = (call: Node) => {
  const holder = call.parent?.type === 'boolean_operator' ? call.parent.parent : call.parent
  return holder?.type === 'assignment' && SET_ON_APP.test(holder.childForFieldName('left')?.text ?? '')
}

export function* findInPython({ root, text }: Python): Generator<Sighting<Node>> {
  for (const node of pythonCalls(root)) {
    const found = fallbackOf(node)
    if (found === null || !isFallback(found.value) || isUnderPythonCondition(node)) continue
    const kind = kindOfName(found.name)
    if (kind === null) continue
    const excerpt = withoutLiteral(text.split('\n')[node.startPosition.row] ?? '', found.value)
    yield {
      kind: kind === 'secret' && isSetOnApp(node) ? 'signs' : kind,
      name: found.name,
      node,
      scope: found.name,
      excerpt,
    }
  }
}
