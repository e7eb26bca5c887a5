import ts from 'typescript'
import type { Machine } from './machine.ts'

const namesOf = (name: ts.BindingName): string[] =>
  ts.isIdentifier(name)
    ? [name.text]
    : name.elements.flatMap((element) => (ts.isOmittedExpression(element) ? [] : namesOf(element.name)))

const parametersOf = (node: ts.Node): ReadonlySet<string> => {
  const owner = ts.isClassLike(node) ? node.members.find(ts.isConstructorDeclaration) : node
  if (owner === undefined || !ts.isFunctionLike(owner)) return new Set()
  return new Set(owner.parameters.flatMap((each) => (ts.isParameter(each) ? namesOf(each.name) : [])))
}

const isFunction = (node: ts.Node) => ts.isArrowFunction(node) || ts.isFunctionExpression(node)

const some = (node: ts.Node, test: (node: ts.Node) => boolean): boolean =>
  !isFunction(node) && (test(node) || (ts.forEachChild(node, (child) => some(child, test)) ?? false))

const isWrittenPath = (node: ts.Node) =>
  (ts.isStringLiteralLike(node) ||
    ts.isTemplateHead(node) ||
    ts.isTemplateTail(node) ||
    ts.isTemplateMiddle(node)) &&
  node.text.includes('/')

const argumentOf = (node: ts.Node) =>
  ts.isCallExpression(node) || ts.isNewExpression(node) ? node.arguments?.[0] : undefined

/** Of an object with many fields only the path decides. */
const pathIn = (argument: ts.Expression): ts.Node =>
  ts.isObjectLiteralExpression(argument)
    ? (argument.properties.find(
        ({ name }) => name !== undefined && /^(?:path|url|uri|route)$/.test(name.getText()),
      ) ?? argument)
    : argument

/**
 * The call that says what a registration registers. A wrapper that is given the path (`route({ path, handler })`)
 * says it nowhere itself: its caller does.
 */
export const originOf = (machine: Machine, node: ts.Node): ts.Node => {
  const { stack, sites } = machine.progress
  let at = node
  for (let depth = stack.length - 1; depth >= 0; depth -= 1) {
    const [inside, site, first] = [stack[depth], sites[depth], argumentOf(at)]
    if (inside === undefined || site === undefined || site === null || first === undefined) break
    const parameters = parametersOf(inside)
    const path = pathIn(first)
    const given = some(path, (each) => ts.isIdentifier(each) && parameters.has(each.text))
    const above = argumentOf(site)
    if (!given || some(path, isWrittenPath) || above === undefined || isFunction(above)) break
    at = site
  }
  return at
}
