import ts from 'typescript'
import { type Scope, textOf, truthOf, type World } from '../code/code.ts'
import { mentions } from './judge-middleware.ts'
import { memberOf, type Source, type Sources } from './sources.ts'

/** Where in a function we are, and what its names stand for. */
export type Inside = { scope: Scope; sources: Sources; own: ReadonlySet<string>; certain: boolean }

/** `{ body: req.body, query: req.query }` and `pick(req, […])` are the request as well. */
export const sourceOf = (expression: ts.Expression, at: Inside): Source | null => {
  const plain = at.sources.of(expression)
  if (plain !== null) return plain
  if (ts.isCallExpression(expression)) {
    const name = ts.isPropertyAccessExpression(expression.expression)
      ? expression.expression.name
      : expression.expression
    const [first] = expression.arguments
    return name.getText() === 'pick' && first !== undefined ? at.sources.of(first) : null
  }
  if (!ts.isObjectLiteralExpression(expression) || expression.properties.length === 0) return null
  const isRequest = expression.properties.every((property) => {
    if (property.name === undefined) return false
    const value = ts.isPropertyAssignment(property)
      ? property.initializer
      : ts.isShorthandPropertyAssignment(property)
        ? property.name
        : null
    const source = value === null ? null : at.sources.of(value)
    return source !== null && source === memberOf('request', property.name.getText())
  })
  return isRequest ? 'request' : null
}

/** `req[part]`, with the part that is looked at. */
export const elementOf = (
  world: World,
  expression: ts.Expression,
  scope: Scope,
  sources: Sources,
): Source | null => {
  if (!ts.isElementAccessExpression(expression)) return null
  const owner = sources.of(expression.expression)
  const key = owner === null ? null : textOf(world.evaluateIn(expression.argumentExpression, scope))
  return owner === null || key === null ? null : memberOf(owner, key)
}

/** A schema that is there is true: `if (schema.body)`. */
export const decide = (world: World, condition: ts.Expression, at: Inside): boolean | null => {
  if (ts.isParenthesizedExpression(condition)) return decide(world, condition.expression, at)
  if (ts.isPrefixUnaryExpression(condition) && condition.operator === ts.SyntaxKind.ExclamationToken) {
    const inner = decide(world, condition.operand, at)
    return inner === null ? null : !inner
  }
  if (
    ts.isBinaryExpression(condition) &&
    condition.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken
  ) {
    const sides = [decide(world, condition.left, at), decide(world, condition.right, at)]
    return sides.includes(false) ? false : sides.includes(null) ? null : true
  }
  if (mentions(condition, at.own) && !ts.isElementAccessExpression(condition)) return null
  const value = world.evaluateIn(condition, at.scope)
  return value.kind === 'external' && value.path.includes('()') ? true : truthOf(value)
}
