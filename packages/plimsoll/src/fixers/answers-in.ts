import ts from 'typescript'
import { around, bare, callsOf, methodOf, nodesOf } from '../instruments/source/script-nodes.ts'
import type { ErrorHandler } from './find-error-handlers.ts'

/** One answer that an error handler gives. */
export type HandlerAnswer = {
  /** what is sent */
  content: ts.Expression
  /** the expression of its status; null where none is said beside it */
  status: ts.Expression | null
  /** the statement that sends it; null in a handler that is one expression */
  statement: ts.Statement | null
}

const SENDS: ReadonlySet<string> = new Set(['send', 'json', 'end'])
const STATUSES: ReadonlySet<string> = new Set(['code', 'status'])

/** `X` of `reply.code(X).send(…)` */
const statusIn = (sent: ts.Expression): ts.Expression | null => {
  for (const call of callsOf(sent))
    if (ts.isCallExpression(call) && STATUSES.has(methodOf(call))) return call.arguments[0] ?? null
  return null
}

const statementOf = (node: ts.Node, body: ts.Node): ts.Statement | null => {
  for (const at of around(node)) {
    if (at === body) return null
    if (ts.isStatement(at) && ts.isBlock(at.parent)) return at
  }
  return null
}

const begins = (node: ts.Expression, name: string) => new RegExp(`^${name}\\b`).test(node.getText())

/** Fastify sends what its handler gives back. */
const isReturned = (node: ts.Node, framework: string, body: ts.Node): node is ts.ReturnStatement =>
  framework === 'fastify' &&
  ts.isReturnStatement(node) &&
  node.expression !== undefined &&
  ts.isObjectLiteralExpression(bare(node.expression)) &&
  [...around(node)].find(ts.isFunctionLike) === body.parent

/** What an error handler sends, in the order in which it is written. */
export const answersIn = ({ framework, body, answer }: ErrorHandler): HandlerAnswer[] =>
  [...nodesOf(body)].flatMap((node): HandlerAnswer[] => {
    if (framework === 'koa') {
      const isAssigned = ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken
      if (!isAssigned || node.left.getText() !== `${answer}.body`) return []
      return [{ content: node.right, status: null, statement: statementOf(node, body) }]
    }
    if (isReturned(node, framework, body)) {
      const content = node.expression
      return content === undefined ? [] : [{ content, status: null, statement: node }]
    }
    if (!ts.isCallExpression(node) || !SENDS.has(methodOf(node)) || !begins(node.expression, answer))
      return []
    const [content] = node.arguments
    if (content === undefined) return []
    return [{ content, status: statusIn(node.expression), statement: statementOf(node, body) }]
  })
