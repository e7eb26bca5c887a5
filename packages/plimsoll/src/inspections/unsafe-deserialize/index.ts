import type ts from 'typescript'
import type { Node } from 'web-tree-sitter'
import { callsOf, importsOf, nameOf } from '../../instruments/source/script-nodes.ts'
import { defineReading, type Python, type Script, type Sighting } from '../define-reading.ts'
import { argumentsOf, calleeOf, keywordOf, pythonCalls } from '../python-nodes.ts'
import { pythonOriginOf } from '../python-request-data.ts'
import { originOf } from '../request-data.ts'

const PACKAGES = /^(?:node-serialize|serialize-to-js|funcster|cryo)$/
const READS = /^(?:unserialize|deserialize|deepDeserialize|parse)$/

function* findInScript({ source }: Script): Generator<Sighting<ts.Node>> {
  const imports = importsOf(source)
  for (const node of callsOf(source)) {
    const [object = '', method] = nameOf(node.expression).split('.')
    const from = imports.get(object)
    const read = method ?? from?.name ?? ''
    const [given] = node.arguments ?? []
    if (from === undefined || given === undefined || !PACKAGES.test(from.from) || !READS.test(read)) continue
    const origin = originOf(given)
    if (origin?.from === 'request') yield { kind: 'request', name: origin.text, node }
  }
}

const LOADS = /^(?:c?[pP]ickle|dill|marshal|jsonpickle|shelve|joblib|torch)\.(?:loads?|decode|open)$/
const SAFE = /(?:C?SafeLoader|BaseLoader)$/

const isUnsafe = (call: Node): boolean => {
  const name = calleeOf(call)
  if (LOADS.test(name) || /^yaml\.(?:unsafe_load|unsafe_load_all|full_load)$/.test(name)) return true
  if (!/^yaml\.load(?:_all)?$/.test(name)) return false
  const loader = keywordOf(call, 'Loader') ?? argumentsOf(call)[1]
  return loader !== undefined && !SAFE.test(loader.text)
}

function* findInPython({ root }: Python): Generator<Sighting<Node>> {
  for (const node of pythonCalls(root)) {
    const [given] = argumentsOf(node)
    const origin = given !== undefined && isUnsafe(node) ? pythonOriginOf(given) : null
    if (origin?.from === 'request') yield { kind: 'request', name: origin.text, node }
  }
}

/** **Contract:** only reads. */
export default defineReading({
  id: 'unsafe-deserialize',
  title: 'Nothing that a client sends is turned into objects that run code',
  standard: 'security.input',
  mayHold: /node-serialize|serialize-to-js|funcster|cryo|pickle|dill|marshal|shelve|joblib|torch|yaml\./,
  kinds: {
    request: {
      title: (name) => `${name} is read in a format that can run code`,
      ...{ severity: 'critical', tier: 'suspicion', cwe: 502 },
      repairs: [
        'take JSON, and hold it against a schema',
        'for YAML, read with yaml.safe_load; for objects of your own, sign what you hand out and verify it first',
      ],
      notCovered: ['whether something before the handler refuses such a value'],
    },
  },
  script: findInScript,
  python: findInPython,
  clean: 'No request data was seen to be read in a format that runs code',
  notCovered: [
    'values that pass through several functions before they are read',
    'files and queues as a source',
  ],
})
