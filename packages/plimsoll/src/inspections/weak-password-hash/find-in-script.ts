import ts from 'typescript'
import {
  around,
  bare,
  callsOf,
  functionAround,
  importsOf,
  keyOf,
  literalOf,
  methodOf,
  nameOf,
  nodesOf,
} from '../../instruments/source/script-nodes.ts'
import { constantOf, numberOf } from '../constant-of.ts'
import type { Script, Sighting } from '../define-reading.ts'
import { assignedTo, senderOf } from '../request-data.ts'
import { FAST, isPassword, LEAST_BCRYPT, LEAST_PBKDF2 } from './words.ts'

type Call = ts.CallExpression | ts.NewExpression
const SLOW = /bcrypt|argon2|scrypt|pbkdf2/i

/** A digest that a slow hash takes over, or that is sent to a list of leaked passwords, is not what is kept. */
const isOnTheWay = (node: ts.Node, source: ts.SourceFile) =>
  /pwnedpasswords/.test(source.text) || SLOW.test(functionAround(node)?.getText() ?? '')

/** `createHash('md5').update(password)`, `md5(password)`, `CryptoJS.SHA256(password)` */
const fastHashOf = (call: Call): string | null => {
  const [given] = call.arguments ?? []
  if (given === undefined || !isPassword(given.getText())) return null
  const method = methodOf(call)
  if (FAST.test(method)) return method.toLowerCase()
  if (method !== 'update' || !ts.isPropertyAccessExpression(call.expression)) return null
  let maker = constantOf(call.expression.expression)
  while (
    ts.isCallExpression(maker) &&
    ts.isPropertyAccessExpression(maker.expression) &&
    maker.expression.name.text === 'update'
  )
    maker = constantOf(maker.expression.expression)
  if (!ts.isCallExpression(maker) || !/(?:^|\.)createHash$/.test(nameOf(maker.expression))) return null
  const algorithm = maker.arguments[0] === undefined ? null : literalOf(constantOf(maker.arguments[0]))
  return algorithm !== null && FAST.test(algorithm) ? algorithm : null
}

const tooCheap = (call: Call, bcrypt: (name: string) => boolean): string | null => {
  const [object = ''] = nameOf(call.expression).split('.')
  const method = methodOf(call)
  const [first, second, third] = call.arguments ?? []
  if (bcrypt(object) && /^(?:hash|hashSync|genSalt|genSaltSync)$/.test(method)) {
    const given = method.startsWith('gen') ? first : second
    const cost = given === undefined ? null : numberOf(given)
    return cost !== null && cost < LEAST_BCRYPT ? `bcrypt with ${cost}` : null
  }
  if (!/^pbkdf2(?:Sync)?$/i.test(method) || third === undefined) return null
  const rounds = isPassword(first?.getText() ?? '') ? numberOf(third) : null
  return rounds !== null && rounds < LEAST_PBKDF2 ? `PBKDF2 with ${rounds} rounds` : null
}

/** The text comes from the client, and nothing was made of it on the way. */
const isSent = (node: ts.Expression): boolean => {
  const plain = bare(node)
  if (!isPassword(plain.getText()) || senderOf(plain)?.from !== 'request') return false
  return !ts.isIdentifier(plain) || !assignedTo(plain).some((one) => ts.isCallExpression(bare(one)))
}

const isKept = (node: ts.Expression): boolean => {
  const plain = bare(node)
  return (
    ts.isPropertyAccessExpression(plain) && isPassword(plain.name.text) && senderOf(plain)?.from !== 'request'
  )
}

const EQUALS = /^[!=]==?$/
const LOOKS_UP = /^(?:find\w*|where|andWhere|first|get|count\w*|exists)$/

const isComparison = (node: ts.Node): boolean => {
  if (ts.isBinaryExpression(node) && EQUALS.test(node.operatorToken.getText()))
    return (isSent(node.left) && isKept(node.right)) || (isSent(node.right) && isKept(node.left))
  const value = ts.isPropertyAssignment(node)
    ? node.initializer
    : ts.isShorthandPropertyAssignment(node)
      ? node.name
      : null
  const named =
    ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node) ? keyOf(node.name) : null
  if (value === null || named === null || !isPassword(named) || !isSent(value)) return false
  for (const at of around(node)) {
    if (ts.isCallExpression(at)) return LOOKS_UP.test(methodOf(at))
    if (!ts.isObjectLiteralExpression(at) && !ts.isPropertyAssignment(at)) return false
    if (ts.isPropertyAssignment(at) && /^(?:data|select|set|update|create)$/.test(keyOf(at.name) ?? ''))
      return false
  }
  return false
}

export function* findInScript({ source }: Script): Generator<Sighting<ts.Node>> {
  const imports = importsOf(source)
  const bcrypt = (name: string) => /bcrypt/i.test(imports.get(name)?.from ?? name)
  for (const node of callsOf(source)) {
    const fast = fastHashOf(node)
    if (fast !== null && !isOnTheWay(node, source)) yield { kind: 'fast', name: fast, node }
    const cheap = tooCheap(node, bcrypt)
    if (cheap !== null) yield { kind: 'cheap', name: cheap, node }
  }
  for (const node of nodesOf(source))
    if (isComparison(node))
      yield { kind: 'plain', name: node.getText().split('\n')[0]?.slice(0, 60) ?? '', node }
}
