import ts from 'typescript'
import type { Node } from 'web-tree-sitter'
import { callsOf, importsOf, nameOf } from '../../instruments/source/script-nodes.ts'
import { defineReading, type Python, type Script, type Sighting } from '../define-reading.ts'
import { argumentsOf, calleeOf, pythonCalls } from '../python-nodes.ts'
import { pythonOriginOf } from '../python-request-data.ts'
import { originOf } from '../request-data.ts'

const EVALUATES = /^(?:(?:global|globalThis|window)\.)?eval$|^Function$|^notevil$|^safeEval$/
const VM = /^(?:(?:node:)?vm|vm2|isolated-vm|safe-eval|notevil|static-eval|mathjs-eval)$/
const RUNS =
  /^(?:runInContext|runInNewContext|runInThisContext|compileFunction|Script|run|default|\*|VM|NodeVM)$/
const TIMERS = /^(?:setTimeout|setInterval|setImmediate)$/

function* findInScript({ source }: Script): Generator<Sighting<ts.Node>> {
  const vms = new Map([...importsOf(source)].filter(([, { from }]) => VM.test(from)))
  for (const node of callsOf(source)) {
    const name = nameOf(node.expression)
    const [object = '', method = vms.get(object)?.name ?? ''] = name.split('.')
    const runs = EVALUATES.test(name) || (vms.has(object) && RUNS.test(method))
    const code = name === 'Function' ? node.arguments?.at(-1) : node.arguments?.[0]
    if (code === undefined || (!runs && !TIMERS.test(name))) continue
    const isText = runs || ts.isTemplateExpression(code) || ts.isBinaryExpression(code)
    const origin = isText ? originOf(code) : null
    if (origin?.from === 'request') yield { kind: 'request', name: origin.text, node }
  }
}

function* findInPython({ root }: Python): Generator<Sighting<Node>> {
  for (const node of pythonCalls(root)) {
    const [code] = argumentsOf(node)
    const template = calleeOf(node) === 'render_template_string'
    if (code === undefined || !(template || /^(?:eval|exec|compile)$/.test(calleeOf(node)))) continue
    const origin = pythonOriginOf(code)
    if (origin?.from === 'request') yield { kind: template ? 'template' : 'request', name: origin.text, node }
  }
}

const NOT_COVERED = ['whether something before the handler refuses such a value']

/** **Contract:** only reads. */
export default defineReading({
  id: 'eval-of-input',
  title: 'Nothing that a client sends is executed as code',
  standard: 'security.input',
  mayHold:
    /\beval\b|\bFunction\s*\(|\bvm2?\b|isolated-vm|safe-eval|notevil|set(?:Timeout|Interval|Immediate)|\bexec\s*\(|\bcompile\s*\(|render_template_string/,
  kinds: {
    request: {
      title: (name) => `${name} is executed as code`,
      ...{ severity: 'critical', tier: 'suspicion', cwe: 95, notCovered: NOT_COVERED },
      repairs: [
        'read the data with a parser: JSON.parse, ast.literal_eval, or one of its own language',
        'for formulas, walk a syntax tree that has only the operators which are meant to be there',
      ],
    },
    template: {
      title: (name) => `${name} is read as a template`,
      ...{ severity: 'critical', tier: 'suspicion', cwe: 1336, notCovered: NOT_COVERED },
      repairs: ['write the template out, and hand the value over as one of its variables'],
    },
  },
  script: findInScript,
  python: findInPython,
  clean: 'No request data was seen to be executed as code',
  notCovered: ['values that pass through several functions before they are executed'],
})
