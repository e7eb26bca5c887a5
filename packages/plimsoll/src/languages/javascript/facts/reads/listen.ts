import ts from 'typescript'
import type { SourcePlace } from '../../../../model/evidence.ts'
import { defaultAround } from './env-default.ts'
import type { Resolver } from './resolve.ts'
import { bare, literalText, placeOf, property, type Script } from './syntax.ts'

/** One place where a socket is opened; what of its port could be followed. */
export type Listen = { port: number | null; env: string[]; place: SourcePlace }

const SERVERS = /^(serve|listen|Server|server)$/

/** `history.listen(() => …)` and `events.listen('saved', …)` open nothing. */
const subscribes = (first: ts.Expression | undefined): boolean => {
  if (first === undefined) return false
  const text = literalText(first)
  return (
    ts.isArrowFunction(first) || ts.isFunctionExpression(first) || (text !== null && !/^(\d+$|\/)/.test(text))
  )
}

/** The expression that holds the port of a call that opens a socket; undefined when the call opens none. */
const portArgument = (call: ts.CallExpression | ts.NewExpression): ts.Expression | null | undefined => {
  const called = call.expression
  const name = ts.isPropertyAccessExpression(called)
    ? called.name.text
    : ts.isIdentifier(called)
      ? called.text
      : ''
  const [first] = call.arguments ?? []
  if (name === 'listen')
    return ts.isCallExpression(call) && ts.isPropertyAccessExpression(called) && !subscribes(first)
      ? (first ?? null)
      : undefined
  if (!SERVERS.test(name) || first === undefined || !ts.isObjectLiteralExpression(bare(first)))
    return undefined
  const options = bare(first)
  return ts.isObjectLiteralExpression(options) && property(options, 'port') !== null ? options : undefined
}

type Found = { port: number | null; env: string[] }

const number = (text: string | null): number | null =>
  text !== null && /^\d{1,5}$/.test(text) && Number(text) <= 65535 ? Number(text) : null

const VARIABLE = /^[A-Z][A-Z0-9_]*$/

/** Reads the variables and the fixed number out of whatever expression gives a port. */
const portOf = (expression: ts.Expression, script: Script, resolver: Resolver, depth = 0): Found => {
  const nothing: Found = { port: null, env: [] }
  const node = bare(expression)
  if (depth > 10) return nothing
  const again = (next: ts.Expression, at = script) => portOf(next, at, resolver, depth + 1)
  const literal = number(literalText(node))
  if (literal !== null) return { port: literal, env: [] }
  if (ts.isObjectLiteralExpression(node)) {
    const port = property(node, 'port')
    return port === null ? nothing : again(port)
  }
  if (ts.isBinaryExpression(node)) {
    const [left, right] = [again(node.left), again(node.right)]
    return { port: left.port ?? right.port, env: [...left.env, ...right.env] }
  }
  if (ts.isConditionalExpression(node)) {
    const [yes, no] = [again(node.whenTrue), again(node.whenFalse)]
    return { port: yes.port ?? no.port, env: [...yes.env, ...no.env] }
  }
  if (ts.isPrefixUnaryExpression(node)) return again(node.operand)
  if (ts.isCallExpression(node)) return ofCall(node, again)
  return ofName(node, script, resolver, again)
}

const ofCall = (call: ts.CallExpression, again: (next: ts.Expression) => Found): Found => {
  const [first, second] = call.arguments
  const text = literalText(first)
  if (text !== null && VARIABLE.test(text)) {
    const fallback = number(literalText(second)) ?? number(defaultAround(call))
    return { port: fallback, env: [text] }
  }
  if (first === undefined) return { port: null, env: [] }
  const found = again(first)
  return { ...found, port: found.port ?? (found.env.length > 0 ? number(literalText(second)) : null) }
}

const ofName = (
  node: ts.Expression,
  script: Script,
  resolver: Resolver,
  again: (next: ts.Expression, at?: Script) => Found,
): Found => {
  if (/^(process|Bun)\.env\./.test(node.getText(script.source)) && ts.isPropertyAccessExpression(node))
    return { port: number(defaultAround(node)), env: [node.name.text] }
  const end = resolver.follow(node, script)
  if (end !== null && end.expression !== node) return again(end.expression, end.script)
  const last = ts.isPropertyAccessExpression(node) ? node.name.text : ts.isIdentifier(node) ? node.text : ''
  return { port: null, env: VARIABLE.test(last) ? [last] : [] }
}

export const readListen = (script: Script, node: ts.Node, resolver: Resolver): Listen[] => {
  if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return []
  const argument = portArgument(node)
  if (argument === undefined) return []
  const found = argument === null ? { port: null, env: [] } : portOf(argument, script, resolver)
  return [{ ...found, env: [...new Set(found.env)], place: placeOf(script, node) }]
}
