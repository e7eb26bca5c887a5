import ts from 'typescript'
import {
  callsOf,
  functionAround,
  isTrue,
  literalOf,
  methodOf,
  nodesOf,
  propertyOf,
} from '../../instruments/source/script-nodes.ts'
import { constantOf } from '../constant-of.ts'
import type { Script, Sighting } from '../define-reading.ts'
import { isUnderCondition } from '../local-condition.ts'
import { originOf } from '../request-data.ts'

const DECIDES = /\bif\b|\?|&&|\|\||switch|includes|indexOf|\.has\(|\.test\(|\.some\(|endsWith|startsWith|===/

/** `(origin, done) => done(null, true)`: it is asked, and always says yes. */
const alwaysAllows = (node: ts.Expression) =>
  (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) &&
  !DECIDES.test(node.body.getText()) &&
  /\(null,\s*(?:true|\w*origin)\)|^(?:true|\w*origin)$|return\s+(?:true|\w*origin)\b|request\.header|\.get\(['"]origin/i.test(
    node.body.getText(),
  )

type Openness = 'reflected' | 'wildcard' | null

const opennessOf = (expression: ts.Expression): Openness => {
  const node = constantOf(expression)
  if (ts.isBinaryExpression(node) && /^(?:\|\||\?\?)$/.test(node.operatorToken.getText()))
    return opennessOf(node.right)
  if (literalOf(node) === '*') return 'wildcard'
  if (ts.isArrayLiteralExpression(node) && node.elements.some((one) => literalOf(one) === '*'))
    return 'wildcard'
  const reflects =
    isTrue(node) ||
    alwaysAllows(node) ||
    (ts.isRegularExpressionLiteral(node) && /^\/\^?\.[*+]\$?\/\w*$/.test(node.text)) ||
    originOf(node)?.from === 'request'
  return reflects ? 'reflected' : null
}

function* inOptions(source: ts.SourceFile): Generator<Sighting<ts.Node>> {
  for (const node of nodesOf(source)) {
    if (!ts.isObjectLiteralExpression(node) || !isTrue(propertyOf(node, 'credentials'))) continue
    const origin = propertyOf(node, 'origin')
    const kind = origin === null ? null : opennessOf(origin)
    if (origin !== null && kind !== null && !isUnderCondition(origin))
      yield { kind, name: 'origin', node: origin }
  }
}

const SETS = /^(?:set|setHeader|header|append|writeHead)$/
const headerOf = (call: ts.CallExpression | ts.NewExpression) =>
  SETS.test(methodOf(call)) ? (literalOf(call.arguments?.[0])?.toLowerCase() ?? '') : ''

/** Headers that a function sets by itself. */
function* inHeaders(source: ts.SourceFile): Generator<Sighting<ts.Node>> {
  const calls = [...callsOf(source)]
  const withCredentials = calls.filter((call) => headerOf(call) === 'access-control-allow-credentials')
  for (const node of calls) {
    const value = node.arguments?.[1]
    if (value === undefined || headerOf(node) !== 'access-control-allow-origin') continue
    const beside = withCredentials.some((call) => functionAround(call) === functionAround(node))
    const kind = beside ? opennessOf(value) : null
    if (kind !== null && !isUnderCondition(node)) yield { kind, name: 'Access-Control-Allow-Origin', node }
  }
}

export function* findInScript({ source }: Script): Generator<Sighting<ts.Node>> {
  yield* inOptions(source)
  yield* inHeaders(source)
}
