import ts from 'typescript'
import type { Project } from '../../instruments/source/project.ts'
import { callsOf, literalOf, nameOf, nodesOf } from '../../instruments/source/script-nodes.ts'
import { codeFiles } from '../code-files.ts'
import type { Handler } from '../find-handlers.ts'
import type { Bounds } from './page-code.ts'

const saidBy = ({ most }: Bounds) => `limit has to be a whole number from 1 to ${most}, and offset one from 0`

const isRefusal = (call: ts.CallExpression): boolean =>
  /\.(?:status|code)\(\s*4\d\d\s*\)\s*\.(?:json|send)$/.test(call.expression.getText())

/** `{ error: 'no such order' }`: nothing in it is computed. */
const isFixed = (node: ts.Expression): node is ts.ObjectLiteralExpression =>
  ts.isObjectLiteralExpression(node) &&
  node.properties.every(
    (one) =>
      ts.isPropertyAssignment(one) &&
      (literalOf(one.initializer) !== null ||
        isFixed(one.initializer) ||
        /^(?:true|false|null|\d+)$/.test(one.initializer.getText())),
  )

/** Bodies of refusals that the project writes out, its own file first, those of 400 before others. */
const refusalsIn = (project: Project, { source }: Handler): ts.ObjectLiteralExpression[] => {
  const sources = [source, ...codeFiles(project).map((one) => one.source)]
  const found = sources.flatMap((one) =>
    [...callsOf(one)].flatMap((call) => {
      const [given] = ts.isCallExpression(call) && isRefusal(call) ? call.arguments : []
      return given !== undefined && isFixed(given) && textsIn(given).length > 0 ? [given] : []
    }),
  )
  const assigned = sources.flatMap((one) =>
    [...nodesOf(one)].flatMap((node) => {
      const isBody =
        ts.isBinaryExpression(node) &&
        /\.body$/.test(nameOf(node.left)) &&
        isFixed(node.right) &&
        /^[\s\S]*\.status\s*=\s*4\d\d\b/.test(node.parent.parent.getText())
      return isBody && ts.isBinaryExpression(node) && isFixed(node.right) ? [node.right] : []
    }),
  )
  const all = [...found, ...assigned]
  return [...all].sort((a, b) => Number(is400(b)) - Number(is400(a)))
}

const is400 = (body: ts.Node) => /\b400\b/.test(body.parent.getText())

const textsIn = (body: ts.Node) =>
  [...nodesOf(body)].filter(ts.isStringLiteralLike).filter((one) => !isKey(one))

const isKey = (node: ts.Node) => ts.isPropertyAssignment(node.parent) && node.parent.name === node

/** A body in the shape of others, that says this. */
const bodyFrom = (body: ts.ObjectLiteralExpression, said: string): string => {
  const [longest] = [...textsIn(body)].sort((a, b) => b.text.length - a.text.length)
  if (longest === undefined) return `{ error: '${said}' }`
  const start = body.getStart()
  const text = body.getText()
  const [from, to] = [longest.getStart() - start, longest.end - start]
  return `${text.slice(0, from)}'${said}'${text.slice(to)}`.replace(/\s*\n\s*/g, ' ').replace(/, \}/g, ' }')
}

/** How a handler answers a limit that is none, as the project answers other mistakes of the caller. */
export const refusalFor = (project: Project, handler: Handler, answer: string, bounds: Bounds): string => {
  const said = saidBy(bounds)
  const [known] = refusalsIn(project, handler)
  const body = known === undefined ? `{ error: '${said}' }` : bodyFrom(known, said)
  if (handler.framework !== 'koa') return `if (page === null) return ${answer}.status(400).json(${body})`
  if (known === undefined && /\bctx\.throw\(4\d\d/.test(handler.source.text))
    return `if (page === null) ${answer}.throw(400, '${said}')`
  return [
    'if (page === null) {',
    `  ${answer}.status = 400`,
    `  ${answer}.body = ${body}`,
    '  return',
    '}',
  ].join('\n')
}
