import ts from 'typescript'
import { bare } from '../../instruments/source/script-nodes.ts'

/** A check between the read and the write that ends the request. */
export type Guard = {
  /** what it answers then, as it is written */
  refusal: string
  /** what the row has to fulfil for the write; null where it only has to be there */
  condition: { operator: string; against: string } | null
}

/** What holds where a comparison does not. */
const OPPOSITES: Readonly<Record<string, string>> = {
  '<': '>=',
  '<=': '>',
  '>': '<=',
  '>=': '<',
  '===': '<>',
  '!==': '=',
}

const ends = (statement: ts.Statement): boolean =>
  ts.isReturnStatement(statement) ||
  ts.isThrowStatement(statement) ||
  (ts.isExpressionStatement(statement) && /^ctx\.throw\(/.test(statement.getText())) ||
  (ts.isBlock(statement) &&
    statement.statements.at(-1) !== undefined &&
    statement.statements.slice(-1).every(ends))

const conditionOf = (
  test: ts.Expression,
  rows: readonly string[],
  column: string,
): Guard['condition'] | undefined => {
  const plain = bare(test)
  const text = plain.getText()
  if (rows.some((row) => text === `!${row}` || text === `${row} === undefined`)) return null
  if (/^!?\w+(?:\.rows)?\.length(?: === 0)?$|^\w*\.?rowCount === 0$/.test(text)) return null
  if (!ts.isBinaryExpression(plain)) return undefined
  const operator = OPPOSITES[plain.operatorToken.getText()]
  const against = plain.right
  const isPlain =
    ts.isIdentifier(against) || ts.isNumericLiteral(against) || ts.isPropertyAccessExpression(against)
  if (operator === undefined || !isPlain || !rows.some((row) => plain.left.getText() === `${row}.${column}`))
    return undefined
  return { operator, against: against.getText() }
}

/** What stands in a block is as deep as the block itself. */
const dedent = (text: string): string => {
  const [, base = ''] = /\n([ \t]*)\}$/.exec(text) ?? []
  return base === '' ? text : text.replaceAll(`\n${base}`, '\n')
}

const mentions = (node: ts.Node, rows: readonly string[]) =>
  rows.some((row) => node.getText().includes(row.replace(/\[0\]$|\.rows\[0\]$/, '')))

/** The checks among statements; null where the row is used in a way that is not understood. */
export const findGuards = (
  between: readonly ts.Statement[],
  rows: readonly string[],
  column: string,
): Guard[] | null => {
  const guards: Guard[] = []
  for (const one of between) {
    const isRowItself =
      ts.isVariableStatement(one) &&
      one.declarationList.declarations.every(({ name }) => rows.includes(name.getText()))
    if (isRowItself || !mentions(one, rows)) continue
    if (!ts.isIfStatement(one) || one.elseStatement !== undefined || !ends(one.thenStatement)) return null
    const tests = splitOr(one.expression).map((test) => conditionOf(test, rows, column))
    for (const condition of tests) {
      if (condition === undefined) return null
      guards.push({ refusal: dedent(one.thenStatement.getText()), condition })
    }
  }
  return guards
}

const splitOr = (test: ts.Expression): ts.Expression[] => {
  const plain = bare(test)
  return ts.isBinaryExpression(plain) && plain.operatorToken.kind === ts.SyntaxKind.BarBarToken
    ? [...splitOr(plain.left), ...splitOr(plain.right)]
    : [plain]
}
