import ts from 'typescript'
import type { SourcePlace } from '../../../model/evidence.ts'
import { type Closure, optionsOf, type Value, type World } from '../code/code.ts'

export type Described = { name: string | null; place: SourcePlace | null }

const nameOf = (closure: Closure): string | null => {
  const { name, parent } = closure.node
  const owner = ts.isClassLike(parent) ? (parent.name?.text ?? null) : null
  if (
    name !== undefined &&
    (ts.isIdentifier(name) || ts.isStringLiteralLike(name) || ts.isPrivateIdentifier(name))
  )
    return owner === null ? name.text : `${owner}.${name.text}`
  return givenName(closure.node)
}

/** The name of what a nameless function is written into: a variable, a property, an assignment. */
const givenName = (node: ts.Node): string | null => {
  let at: ts.Node = node
  while (ts.isParenthesizedExpression(at.parent) || ts.isAsExpression(at.parent)) at = at.parent
  const { parent } = at
  if (ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name)) return parent.name.text
  if (ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent))
    return ts.isIdentifier(parent.name) || ts.isStringLiteral(parent.name) ? parent.name.text : null
  if (ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken)
    return ts.isPropertyAccessExpression(parent.left) ? parent.left.name.text : null
  if (ts.isReturnStatement(parent) || ts.isArrowFunction(parent)) return nameOfMaker(parent)
  return ts.isCallExpression(parent) && parent.arguments[0] === at ? givenName(parent) : null
}

/** A function made by another one is called after its maker: `requireRole(…)`. */
const nameOfMaker = (node: ts.Node): string | null => {
  const maker = ts.findAncestor(node, (each) => ts.isFunctionLike(each) && each !== node) ?? node
  if (ts.isFunctionDeclaration(maker) || ts.isMethodDeclaration(maker)) {
    return maker.name !== undefined && ts.isIdentifier(maker.name) ? `${maker.name.text}()` : null
  }
  const name = ts.isArrowFunction(maker) || ts.isFunctionExpression(maker) ? givenName(maker) : null
  return name === null ? null : `${name}()`
}

const printed = (path: readonly string[]) =>
  path.reduce((text, part) => (part === '()' ? `${text}()` : text === '' ? part : `${text}.${part}`), '')

/** How a handler or middleware is called in reports, and where it is written. */
export const describe = (world: World, value: Value): Described => {
  switch (value.kind) {
    case 'closure':
      return { name: nameOf(value), place: world.place(value.node) }
    case 'class':
      return { name: value.node.name?.text ?? null, place: world.place(value.node) }
    case 'external':
      return {
        name: `${value.package}${printed(value.path) === '' ? '' : ` ${printed(value.path)}`}`,
        place: value.place,
      }
    case 'host':
      return { name: value.name, place: null }
    case 'choice': {
      const [first] = optionsOf(value)
      return first === undefined ? { name: null, place: null } : describe(world, first)
    }
    case 'dictionary':
      return {
        name: value.of?.node.name?.text ?? null,
        place: value.node === null ? null : world.place(value.node),
      }
    default:
      return { name: null, place: null }
  }
}

/** true for a name that a function around this one binds, such as the handler that a wrapper was given */
const isGiven = (closure: Closure, name: string): boolean => {
  for (let scope = closure.scope; scope.parent !== null; scope = scope.parent) {
    if (scope.bindings.has(name)) return true
  }
  return false
}

/** The one function that a wrapper hands its own first parameter to: `(req, res) => handler(req, res).catch(next)`. */
const wrappedBy = (world: World, closure: Closure): Closure | null => {
  const { body, parameters } = closure.node
  const first = parameters[0]?.name
  if (body === undefined || first === undefined || closure.scope.parent === null) return null
  let found: Closure | null = null
  const visit = (node: ts.Node): void => {
    if (found !== null) return
    if (
      ts.isCallExpression(node) &&
      ts.isIdentifier(node.expression) &&
      isGiven(closure, node.expression.text)
    ) {
      const [given] = node.arguments
      const passesOn =
        given !== undefined && (ts.isSpreadElement(given) || given.getText() === first.getText())
      const target = passesOn ? world.evaluateIn(node.expression, closure.scope) : null
      if (target?.kind === 'closure' && target.node !== closure.node) found = target
    }
    ts.forEachChild(node, visit)
  }
  visit(body)
  return found
}

const DEEPEST_WRAPPER = 5

/** The function behind wrappers, those of packages (`asyncHandler(async (req, res) => …)`) and those of the target. */
export const unwrap = (world: World, value: Value, depth = 0): Value => {
  if (depth >= DEEPEST_WRAPPER) return value
  if (value.kind === 'external') {
    const inner = value.args.filter((arg) => arg.kind === 'closure')
    return inner.length === 1 && inner[0] !== undefined ? unwrap(world, inner[0], depth + 1) : value
  }
  const inner = value.kind === 'closure' ? wrappedBy(world, value) : null
  return inner === null ? value : unwrap(world, inner, depth + 1)
}
