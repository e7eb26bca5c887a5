import ts from 'typescript'
import type { EnvRead } from '../../../../model/system.ts'
import { defaultAround } from './env-default.ts'
import { literalText, placeOf, type Script } from './syntax.ts'

/** A function of the project that reads `process.env[name]`: which argument is the name, which the default. */
export type Wrapper = { called: string; nameAt: number; throws: boolean }

type Function = ts.FunctionLikeDeclaration

const isFunction = (node: ts.Node): node is Function =>
  ts.isFunctionDeclaration(node) ||
  ts.isFunctionExpression(node) ||
  ts.isArrowFunction(node) ||
  ts.isMethodDeclaration(node)

const calledAs = (node: Function): string | null => {
  if (node.name !== undefined && ts.isIdentifier(node.name)) return node.name.text
  const holder = node.parent
  if (ts.isVariableDeclaration(holder) && ts.isIdentifier(holder.name)) return holder.name.text
  if (ts.isPropertyAssignment(holder) && ts.isIdentifier(holder.name)) return holder.name.text
  return null
}

const throwsInside = (node: ts.Node): boolean => {
  let found = false
  const visit = (child: ts.Node): void => {
    if (ts.isThrowStatement(child)) found = true
    if (!found && !isFunction(child)) ts.forEachChild(child, visit)
  }
  ts.forEachChild(node, visit)
  return found
}

/** The function around whose parameter the identifier is; null when it is another kind of name. */
export const wrapperOf = (identifier: ts.Identifier): Wrapper | null => {
  for (let node: ts.Node = identifier; node !== undefined; node = node.parent) {
    if (!isFunction(node)) continue
    const nameAt = node.parameters.findIndex(
      (parameter) => ts.isIdentifier(parameter.name) && parameter.name.text === identifier.text,
    )
    if (nameAt < 0) continue
    const called = calledAs(node)
    return called === null || node.body === undefined
      ? null
      : { called, nameAt, throws: throwsInside(node.body) }
  }
  return null
}

/** The read that a call of such a function makes. */
export const readWrapped = (
  script: Script,
  node: ts.Node,
  wrappers: ReadonlyMap<string, Wrapper>,
): EnvRead[] => {
  if (!ts.isCallExpression(node)) return []
  const called = ts.isPropertyAccessExpression(node.expression)
    ? node.expression.name.text
    : ts.isIdentifier(node.expression)
      ? node.expression.text
      : ''
  const wrapper = wrappers.get(called)
  const name = wrapper === undefined ? null : literalText(node.arguments[wrapper.nameAt])
  if (wrapper === undefined || name === null || !/^[A-Za-z_]\w*$/.test(name)) return []
  const fallback = literalText(node.arguments[wrapper.nameAt + 1]) ?? defaultAround(node)
  return [
    {
      name,
      default: fallback,
      required: wrapper.throws && fallback === null,
      example: null,
      place: placeOf(script, node),
    },
  ]
}
