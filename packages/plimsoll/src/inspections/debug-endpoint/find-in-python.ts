import type { Node } from 'web-tree-sitter'
import type { Python, Sighting } from '../define-reading.ts'
import { argumentsOf, aroundPython, calleeOf, keywordOf, pythonCalls, pythonText } from '../python-nodes.ts'

/** A condition on the environment; `if __name__ == '__main__'` is how it is started, and no such condition. */
const isChosen = (node: Node): boolean =>
  [...aroundPython(node)].some(
    (at) =>
      at.type === 'if_statement' && !/__name__/.test(at.childForFieldName('condition')?.text ?? '__name__'),
  )

const isLoopback = (host: string | null) => host !== null && /^(?:127\.|localhost$|::1$)/.test(host)

const isFlask = (root: Node) => /\b(?:flask|Flask|connexion)\b/.test(root.text)

export function* findInPython({ root, file }: Python): Generator<Sighting<Node>> {
  const flask = isFlask(root)
  for (const node of pythonCalls(root)) {
    const runs =
      /(?:^|\.)run$/.test(calleeOf(node)) && argumentsOf(node).every((one) => pythonText(one) !== null)
    const host = pythonText(keywordOf(node, 'host') ?? argumentsOf(node)[0])
    if (!runs || keywordOf(node, 'debug')?.text !== 'True' || isChosen(node) || isLoopback(host)) continue
    const kind = host === null ? 'local-debugger' : 'debugger'
    yield { kind, name: 'debug=True', node, scope: 'debug' }
  }
  for (const node of root.descendantsOfType('assignment')) {
    const left = node?.childForFieldName('left')?.text ?? ''
    if (node === null || node.childForFieldName('right')?.text !== 'True' || isChosen(node)) continue
    const onApp = flask && /(?:^\w*app\.debug|\.config\[["']DEBUG["']\])$/.test(left)
    const inSettings = left === 'DEBUG' && /(?:^|\/)settings(?:\/(?:base|prod\w*|__init__))?\.py$/.test(file)
    if (onApp) yield { kind: 'debugger', name: left, node, scope: 'debug' }
    if (inSettings) yield { kind: 'page', name: 'DEBUG', node, scope: 'DEBUG' }
  }
}
