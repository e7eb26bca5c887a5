import type { Node } from 'web-tree-sitter'
import type { Python, Sighting } from '../define-reading.ts'
import { argumentsOf, calleeOf, keywordOf, pythonCalls } from '../python-nodes.ts'
import { pythonOriginOf } from '../python-request-data.ts'

const SHELLS = /^(?:os\.(?:system|popen)|subprocess\.(?:getoutput|getstatusoutput)|commands\.\w+)$/
const SPAWNS = /^(?:subprocess\.)?(?:run|call|check_call|check_output|Popen)$/

export function* findInPython({ root }: Python): Generator<Sighting<Node>> {
  for (const node of pythonCalls(root)) {
    const name = calleeOf(node)
    const shell = SHELLS.test(name) || (SPAWNS.test(name) && keywordOf(node, 'shell')?.text === 'True')
    const [command] = argumentsOf(node)
    const origin = shell && command !== undefined ? pythonOriginOf(command) : null
    if (origin?.from === 'request') yield { kind: 'request', name: origin.text, node }
  }
}
