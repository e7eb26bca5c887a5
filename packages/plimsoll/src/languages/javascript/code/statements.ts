import ts from 'typescript'
import { type Completion, type Machine, perhaps, spent } from './machine.ts'
import { declare, declareLazy, functionScope, openScope } from './scope.ts'
import { constant, dictionary, list, type Scope, truthOf, UNDEFINED, unknown, type Value } from './value.ts'

const MOST_ROUNDS = 500

/** Functions and classes are known before the first statement runs. */
export const hoist = (machine: Machine, statements: readonly ts.Statement[], scope: Scope) => {
  for (const statement of statements) {
    if (ts.isFunctionDeclaration(statement) && statement.body !== undefined) {
      const name = statement.name?.text ?? 'default'
      declare(scope, name, machine.makeClosure(statement, scope), statement)
    } else if (ts.isClassDeclaration(statement)) {
      const name = statement.name?.text ?? 'default'
      declareLazy(scope, name, () => machine.makeClass(statement, scope), statement)
    } else if (ts.isEnumDeclaration(statement)) {
      declareLazy(scope, statement.name.text, () => enumOf(machine, statement, scope), statement)
    } else if (ts.isModuleDeclaration(statement) && ts.isIdentifier(statement.name)) {
      declareLazy(scope, statement.name.text, () => namespaceOf(machine, statement, scope), statement)
    }
  }
}

const enumOf = (machine: Machine, node: ts.EnumDeclaration, scope: Scope): Value => {
  const members = dictionary([], { node })
  const inside = openScope(scope, scope.file)
  let next = 0
  for (const member of node.members) {
    const name = ts.isComputedPropertyName(member.name) ? '' : member.name.text
    const value =
      member.initializer === undefined ? constant(next) : machine.evaluate(member.initializer, inside)
    if (value.kind === 'constant' && typeof value.value === 'number') next = value.value + 1
    members.fields.set(name, value)
    declare(inside, name, value, member)
  }
  return members
}

const namespaceOf = (machine: Machine, node: ts.ModuleDeclaration, scope: Scope): Value => {
  if (node.body === undefined || !ts.isModuleBlock(node.body)) return unknown('a namespace')
  const inside = openScope(scope, scope.file, { isFunction: true })
  hoist(machine, node.body.statements, inside)
  machine.execute(node.body.statements, inside)
  const fields = dictionary([], { node })
  for (const [name, binding] of inside.bindings) {
    const value = binding.value ?? binding.lazy?.()
    if (value !== undefined && value !== null) fields.fields.set(name, value)
  }
  return fields
}

export const executeAll = (
  machine: Machine,
  statements: readonly ts.Statement[],
  scope: Scope,
): Completion => {
  for (const statement of statements) {
    const completion = execute(machine, statement, scope)
    if (completion !== 'normal') return completion
  }
  return 'normal'
}

const block = (machine: Machine, statement: ts.Statement, scope: Scope): Completion => {
  const statements = ts.isBlock(statement) ? statement.statements : [statement]
  const inside = openScope(scope, scope.file)
  hoist(machine, statements, inside)
  return executeAll(machine, statements, inside)
}

const execute = (machine: Machine, node: ts.Statement, scope: Scope): Completion => {
  if (spent(machine)) return 'return'
  switch (node.kind) {
    case ts.SyntaxKind.ExpressionStatement:
      if (ts.isExpressionStatement(node)) machine.evaluate(node.expression, scope)
      return 'normal'
    case ts.SyntaxKind.VariableStatement:
      if (ts.isVariableStatement(node)) declareAll(machine, node.declarationList, scope)
      return 'normal'
    case ts.SyntaxKind.ReturnStatement: {
      const value =
        ts.isReturnStatement(node) && node.expression !== undefined
          ? machine.evaluate(node.expression, scope)
          : UNDEFINED
      machine.progress.returns.at(-1)?.push(value)
      return 'return'
    }
    case ts.SyntaxKind.BreakStatement:
      return 'break'
    case ts.SyntaxKind.ContinueStatement:
      return 'continue'
    default:
      return executeOther(machine, node, scope)
  }
}

const executeOther = (machine: Machine, node: ts.Statement, scope: Scope): Completion => {
  if (ts.isBlock(node)) return block(machine, node, scope)
  if (ts.isIfStatement(node)) return branch(machine, node, scope)
  if (ts.isForOfStatement(node)) return forOf(machine, node, scope)
  if (ts.isForInStatement(node)) return forIn(machine, node, scope)
  if (ts.isForStatement(node)) return forLoop(machine, node, scope)
  if (ts.isWhileStatement(node) || ts.isDoStatement(node)) {
    machine.evaluate(node.expression, scope)
    return once(machine, node.statement, scope)
  }
  if (ts.isTryStatement(node)) return attempt(machine, node, scope)
  if (ts.isSwitchStatement(node)) return choice(machine, node, scope)
  if (ts.isLabeledStatement(node)) return execute(machine, node.statement, scope)
  if (ts.isThrowStatement(node)) {
    machine.evaluate(node.expression, scope)
    return 'return'
  }
  return 'normal'
}

const declareAll = (machine: Machine, declarations: ts.VariableDeclarationList, scope: Scope) => {
  const isVar = (declarations.flags & (ts.NodeFlags.Let | ts.NodeFlags.Const)) === 0
  const home = isVar ? functionScope(scope) : scope
  for (const { name, initializer } of declarations.declarations) {
    if (initializer === undefined) {
      if (ts.isIdentifier(name) && !(isVar && home.bindings.has(name.text)))
        declare(home, name.text, UNDEFINED, name, machine.progress.maybe)
      continue
    }
    machine.bind(name, machine.evaluate(initializer, scope), home)
  }
}

const branch = (machine: Machine, node: ts.IfStatement, scope: Scope): Completion => {
  const truth = truthOf(machine.evaluate(node.expression, scope))
  const { thenStatement, elseStatement } = node
  if (truth === true) return block(machine, thenStatement, scope)
  if (truth === false) return elseStatement === undefined ? 'normal' : block(machine, elseStatement, scope)
  return perhaps(machine, () => {
    const left = block(machine, thenStatement, scope)
    const right = elseStatement === undefined ? 'normal' : block(machine, elseStatement, scope)
    return left === right ? left : 'normal'
  })
}

const once = (machine: Machine, body: ts.Statement, scope: Scope): Completion => {
  perhaps(machine, () => block(machine, body, scope))
  return 'normal'
}

const bindLoop = (machine: Machine, head: ts.ForInitializer, value: Value, scope: Scope) => {
  if (!ts.isVariableDeclarationList(head)) return machine.assign(head, value, scope)
  const [declaration] = head.declarations
  if (declaration !== undefined) machine.bind(declaration.name, value, scope)
}

/** A `break` that stands in an undecided branch does not stop us: later rounds may still happen. */
const rounds = (
  machine: Machine,
  node: ts.ForOfStatement | ts.ForInStatement,
  items: readonly Value[],
  scope: Scope,
): Completion => {
  for (const item of items.slice(0, MOST_ROUNDS)) {
    const inside = openScope(scope, scope.file)
    bindLoop(machine, node.initializer, item, inside)
    const completion = block(machine, node.statement, inside)
    if (completion === 'return') return completion
    if (completion === 'break') break
  }
  return 'normal'
}

const forOf = (machine: Machine, node: ts.ForOfStatement, scope: Scope): Completion => {
  const source = machine.evaluate(node.expression, scope)
  const items = machine.world.items(source)
  if (items !== null) return rounds(machine, node, items, scope)
  const item = unknown(`an item of ${node.expression.getText().slice(0, 60)}`)
  return perhaps(machine, () => rounds(machine, node, [item], scope)) === 'return' ? 'normal' : 'normal'
}

const forIn = (machine: Machine, node: ts.ForInStatement, scope: Scope): Completion => {
  const source = machine.evaluate(node.expression, scope)
  const names = source.kind === 'list' ? source.items.map((_, index) => String(index)) : null
  const keys = names ?? (source.kind === 'dictionary' && !source.open ? [...source.fields.keys()] : null)
  if (keys === null) {
    perhaps(machine, () => rounds(machine, node, [unknown('a key')], scope))
    return 'normal'
  }
  return rounds(machine, node, list(keys.map(constant)).items, scope)
}

const forLoop = (machine: Machine, node: ts.ForStatement, scope: Scope): Completion => {
  const inside = openScope(scope, scope.file)
  const { initializer, condition, incrementor } = node
  if (initializer !== undefined) {
    if (ts.isVariableDeclarationList(initializer)) declareAll(machine, initializer, inside)
    else machine.evaluate(initializer, inside)
  }
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const truth = condition === undefined ? null : truthOf(machine.evaluate(condition, inside))
    if (truth === false) return 'normal'
    if (truth === null) return once(machine, node.statement, inside)
    const completion = block(machine, node.statement, inside)
    if (completion === 'return') return completion
    if (completion === 'break' || machine.world.exhausted) return 'normal'
    if (incrementor !== undefined) machine.evaluate(incrementor, inside)
  }
  return 'normal'
}

const attempt = (machine: Machine, node: ts.TryStatement, scope: Scope): Completion => {
  const completion = block(machine, node.tryBlock, scope)
  const { catchClause, finallyBlock } = node
  if (catchClause !== undefined) {
    perhaps(machine, () => {
      const inside = openScope(scope, scope.file)
      const name = catchClause.variableDeclaration?.name
      if (name !== undefined) machine.bind(name, unknown('a caught error'), inside)
      block(machine, catchClause.block, inside)
    })
  }
  const last = finallyBlock === undefined ? 'normal' : block(machine, finallyBlock, scope)
  return last === 'normal' ? completion : last
}

const choice = (machine: Machine, node: ts.SwitchStatement, scope: Scope): Completion => {
  const subject = machine.evaluate(node.expression, scope)
  const inside = openScope(scope, scope.file)
  const { clauses } = node.caseBlock
  const values = clauses.map((clause) =>
    ts.isCaseClause(clause) ? machine.evaluate(clause.expression, inside) : null,
  )
  const certain =
    subject.kind === 'constant' && values.every((value) => value === null || value.kind === 'constant')
  if (!certain) {
    perhaps(machine, () => {
      for (const clause of clauses) executeAll(machine, clause.statements, inside)
    })
    return 'normal'
  }
  const hit = values.findIndex((value) => value?.kind === 'constant' && value.value === subject.value)
  const start = hit >= 0 ? hit : values.indexOf(null)
  if (start < 0) return 'normal'
  for (const clause of clauses.slice(start)) {
    const completion = executeAll(machine, clause.statements, inside)
    if (completion === 'break') return 'normal'
    if (completion !== 'normal') return completion
  }
  return 'normal'
}
