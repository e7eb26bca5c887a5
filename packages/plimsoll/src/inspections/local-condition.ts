import ts from 'typescript'
import type { Node } from 'web-tree-sitter'
import { around } from '../instruments/source/script-nodes.ts'
import { aroundPython } from './python-nodes.ts'

/** Words of a condition that only holds where somebody works on the code, or chose to give something up. */
const CHOSEN =
  /NODE_ENV|APP_ENV|prod|dev|local|test|debug|insecure|sandbox|self.?signed|skip|unsafe|trust|verify|staging|playground|enable|allow|disable|env\b|environment|mode\b/i

const isChosen = (condition: ts.Node | Node) =>
  CHOSEN.test('getText' in condition ? condition.getText() : condition.text)

/** The node is only reached under a condition that speaks of the environment or of a switch for exactly this. */
export const isUnderCondition = (node: ts.Node): boolean => {
  let below = node
  for (const at of around(node)) {
    if (ts.isIfStatement(at) && at.expression !== below && isChosen(at.expression)) return true
    if (ts.isConditionalExpression(at) && at.condition !== below && isChosen(at.condition)) return true
    if (ts.isBinaryExpression(at) && at.right === below && isChosen(at.left)) return true
    if (ts.isBlock(at) && leavesBefore(at, below)) return true
    below = at
  }
  return false
}

/** `if (production) return` before the statement. */
const leavesBefore = (block: ts.Block, statement: ts.Node) =>
  block.statements.some(
    (one) =>
      one.pos < statement.pos &&
      ts.isIfStatement(one) &&
      isChosen(one.expression) &&
      /^\{?\s*(?:return|throw)\b/.test(one.thenStatement.getText()),
  )

export const isUnderPythonCondition = (node: Node): boolean => {
  let below = node
  for (const at of aroundPython(node)) {
    const condition = at.childForFieldName('condition')
    if ((at.type === 'if_statement' || at.type === 'elif_clause') && condition !== null)
      if (condition.id !== below.id && isChosen(condition)) return true
    if (at.type === 'conditional_expression' && isChosen(at)) return true
    below = at
  }
  return false
}
