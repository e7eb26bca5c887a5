import ts from 'typescript'
import type { Machine } from './machine.ts'
import type { Modules } from './modules.ts'
import { declare, declareLazy, openScope } from './scope.ts'
import { hoist } from './statements.ts'
import { type FunctionNode, type Scope, unknown } from './value.ts'

/**
 * What is in scope where a node stands, without following the functions around it: parameters are unknown,
 * constants of function bodies are computed when asked for.
 */
export const scopeAt = (machine: Machine, modules: Modules, node: ts.Node): Scope => {
  const { parent } = node
  if (parent === undefined || ts.isSourceFile(parent)) {
    const { fileName } = node.getSourceFile()
    return modules.open(fileName)?.scope ?? openScope(null, fileName, { isFunction: true })
  }
  const outer = scopeAt(machine, modules, parent)
  if (isFunctionNode(parent)) return functionScopeAt(machine, parent, outer)
  if (ts.isClassLike(parent)) {
    const inside = openScope(outer, outer.file)
    if (parent.name !== undefined)
      declareLazy(inside, parent.name.text, () => machine.makeClass(parent, outer), parent)
    return inside
  }
  return outer
}

const isFunctionNode = (node: ts.Node): node is FunctionNode =>
  ts.isFunctionDeclaration(node) ||
  ts.isFunctionExpression(node) ||
  ts.isArrowFunction(node) ||
  ts.isMethodDeclaration(node) ||
  ts.isConstructorDeclaration(node) ||
  ts.isAccessor(node)

const known = new WeakMap<Machine, Map<ts.Node, Scope>>()

const functionScopeAt = (machine: Machine, node: FunctionNode, outer: Scope): Scope => {
  const scopes = known.get(machine) ?? new Map<ts.Node, Scope>()
  known.set(machine, scopes)
  const before = scopes.get(node)
  if (before !== undefined) return before
  const scope = openScope(outer, outer.file, { isFunction: true })
  scopes.set(node, scope)
  for (const parameter of node.parameters) {
    machine.bind(parameter.name, unknown(`the parameter "${parameter.name.getText().slice(0, 40)}"`), scope)
  }
  if (node.body !== undefined && ts.isBlock(node.body)) {
    hoist(machine, node.body.statements, scope)
    for (const statement of node.body.statements) declareLocals(machine, statement, scope)
  }
  return scope
}

const declareLocals = (machine: Machine, statement: ts.Statement, scope: Scope) => {
  if (!ts.isVariableStatement(statement)) return
  const constants = (statement.declarationList.flags & ts.NodeFlags.Const) !== 0
  for (const { name, initializer } of statement.declarationList.declarations) {
    if (ts.isIdentifier(name) && initializer !== undefined && constants) {
      declareLazy(scope, name.text, () => machine.evaluate(initializer, scope), name)
    } else if (ts.isIdentifier(name)) {
      declare(scope, name.text, unknown(`the variable "${name.text}"`), name)
    } else {
      machine.bind(name, unknown('a variable'), scope)
    }
  }
}
