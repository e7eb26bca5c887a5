import ts from 'typescript'
import {
  isFalse,
  isTrue,
  keyOf,
  literalOf,
  nodesOf,
  propertyOf,
} from '../../instruments/source/script-nodes.ts'
import type { Script, Sighting } from '../define-reading.ts'
import { isUnderCondition } from '../local-condition.ts'

const OFF_WHEN_FALSE = new Set(['rejectUnauthorized', 'strictSSL', 'sslValidate'])
const OFF_WHEN_TRUE = new Set([
  'tlsAllowInvalidCertificates',
  'tlsAllowInvalidHostnames',
  'tlsInsecure',
  'trustServerCertificate',
])

const accepts = (body: ts.ConciseBody) =>
  /^(?:undefined|null|void 0|true|\{\s*(?:return(?: undefined| null| true)?;?)?\s*\})$/.test(
    body.getText().trim(),
  )

/** A server that asks its clients for certificates may let in those without one, and decide later. */
const isOfServer = (node: ts.PropertyAssignment) =>
  ts.isObjectLiteralExpression(node.parent) && propertyOf(node.parent, 'requestCert') !== null

const turnsOff = (node: ts.PropertyAssignment): boolean => {
  const name = keyOf(node.name) ?? ''
  if (OFF_WHEN_FALSE.has(name)) return isFalse(node.initializer) && !isOfServer(node)
  if (OFF_WHEN_TRUE.has(name)) return isTrue(node.initializer)
  if (name !== 'checkServerIdentity') return false
  const given = node.initializer
  return (ts.isArrowFunction(given) || ts.isFunctionExpression(given)) && accepts(given.body)
}

const assigned = (node: ts.Node) =>
  ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken ? node : null

const isOffForProcess = (node: ts.BinaryExpression) =>
  /process\.env(?:\.|\[["'])NODE_TLS_REJECT_UNAUTHORIZED/.test(node.left.getText()) &&
  (literalOf(node.right) === '0' || node.right.getText() === '0')

export function* findInScript({ source }: Script): Generator<Sighting<ts.Node>> {
  for (const node of nodesOf(source)) {
    const assignment = assigned(node)
    const whole = assignment !== null && isOffForProcess(assignment)
    const one = ts.isPropertyAssignment(node) && turnsOff(node)
    const later =
      assignment !== null &&
      isFalse(assignment.right) &&
      /\.rejectUnauthorized$/.test(assignment.left.getText())
    if ((!whole && !one && !later) || isUnderCondition(node)) continue
    if (whole) yield { kind: 'process', name: 'NODE_TLS_REJECT_UNAUTHORIZED', node }
    else {
      const name = ts.isPropertyAssignment(node) ? (keyOf(node.name) ?? '') : 'rejectUnauthorized'
      yield { kind: 'connection', name, node }
    }
  }
}
