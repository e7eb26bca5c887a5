import ts from 'typescript'
import { bare, literalOf, nameOf, nodesOf } from '../../instruments/source/script-nodes.ts'

/** A variable of the environment that is replaced by a literal where it is not set. */
type Fallback = {
  name: string
  /** how the code reads the variable: `process.env.NAME` */
  read: string
  node: ts.Node
  /** what is cut out, from and to */
  from: number
  to: number
}

const ENVIRONMENT = /^(?:process\.)?env$/

/** `process.env.NAME`, `env.NAME`, `process.env['NAME']` */
const variableOf = (expression: ts.Expression): string | null => {
  const plain = bare(expression)
  if (ts.isPropertyAccessExpression(plain) && ENVIRONMENT.test(nameOf(plain.expression)))
    return plain.name.text
  if (!ts.isElementAccessExpression(plain) || !ENVIRONMENT.test(nameOf(plain.expression))) return null
  return literalOf(plain.argumentExpression)
}

/** `process.env.NAME || 'x'` */
const ofOperator = (node: ts.Node): Fallback | null => {
  if (!ts.isBinaryExpression(node) || !/^(?:\|\||\?\?)$/.test(node.operatorToken.getText())) return null
  const name = variableOf(node.left)
  if (name === null || literalOf(bare(node.right)) === null) return null
  return { name, read: bare(node.left).getText(), node, from: node.left.end, to: node.end }
}

/** `const { NAME = 'x' } = process.env` */
const ofPattern = (node: ts.Node): Fallback | null => {
  if (!ts.isBindingElement(node) || literalOf(node.initializer) === null) return null
  const holder = node.parent.parent
  const from = ts.isVariableDeclaration(holder) ? holder.initializer : undefined
  const key = node.propertyName ?? node.name
  if (from === undefined || !ENVIRONMENT.test(nameOf(from)) || !ts.isIdentifier(key)) return null
  return { name: key.text, read: `${from.getText()}.${key.text}`, node, from: node.name.end, to: node.end }
}

export const findFallbacks = (source: ts.SourceFile, name: string): Fallback[] =>
  [...nodesOf(source)].flatMap((node) => {
    const found = ofOperator(node) ?? ofPattern(node)
    return found?.name === name ? [found] : []
  })
