import ts from 'typescript'
import type { Tristate } from '../../../model/system.ts'
import {
  type Closure,
  type External,
  optionsOf,
  type Scope,
  truthOf,
  type Value,
  type World,
} from '../code/code.ts'
import { describe, unwrap } from './describe.ts'
import { carriedTo } from './looks-for.ts'
import { GUARDS, HARMLESS, VALIDATORS } from './packages.ts'
import { look, noSigns, type Signs } from './signs.ts'

/** What a middleware does to a request before it is handled. */
export type Judged = { guard: Tristate; validator: Tristate }

const DEEPEST = 4
const GUARDING_NAME =
  /auth(?!or)|guard|protect|jwt|token|login|permission|rbac|role|session|acl|signed|identity|apikey/i
const VALIDATING_NAME = /valid|schema|sanitiz/i
const VALIDATING_CALLS = new Set([
  'safeParse',
  'safeParseAsync',
  'parseAsync',
  'validateAsync',
  'validationResult',
  'validateSync',
  'validateOrReject',
])

export const judgeMiddleware = (world: World, value: Value): Judged => {
  const options = optionsOf(unwrap(world, value)).map((option) => judgeOne(world, option))
  const join = (pick: (judged: Judged) => Tristate): Tristate => {
    const said = new Set(options.map(pick))
    return said.size === 1 ? ([...said][0] ?? 'unknown') : 'unknown'
  }
  return { guard: join((each) => each.guard), validator: join((each) => each.validator) }
}

const judgeOne = (world: World, value: Value): Judged => {
  if (value.kind === 'closure') return judgeClosure(world, value)
  if (value.kind === 'external') return judgeExternal(value)
  if (value.kind === 'host') return { guard: 'no', validator: 'no' }
  return { guard: 'unknown', validator: 'unknown' }
}

const judgeExternal = (value: External): Judged => {
  const guard = guards(value)
  const validator = VALIDATORS.has(value.package)
  if (guard || validator) return { guard: guard ? 'yes' : 'no', validator: validator ? 'yes' : 'no' }
  if (HARMLESS.has(value.package) || Object.hasOwn(GUARDS, value.package))
    return { guard: 'no', validator: 'no' }
  const name = `${value.package} ${value.path.join('.')}`
  return {
    guard: GUARDING_NAME.test(name) ? 'yes' : 'unknown',
    validator: VALIDATING_NAME.test(name) ? 'yes' : 'unknown',
  }
}

const guards = ({ package: name, path }: External): boolean => {
  const members = Object.hasOwn(GUARDS, name) ? GUARDS[name] : undefined
  if (members === undefined) return false
  return members === 'all' || path.some((part) => members.includes(part))
}

const judgeClosure = (world: World, closure: Closure): Judged => {
  const signs = noSigns()
  collect(world, closure, signs, new Set(), 0)
  const name = describe(world, closure).name ?? ''
  const named = GUARDING_NAME.test(name)
  const certain =
    signs.guards ||
    (signs.credentials && signs.refuses) ||
    (named && (signs.refuses || (signs.credentials && signs.opaque)))
  const depends =
    signs.looksAtPath || (signs.looksAtMethod && signs.namesReads) || (signs.guardsForms && !named)
  const guard = certain ? (depends ? 'unknown' : 'yes') : signs.opaque && named ? 'unknown' : 'no'
  const validator = signs.validates ? 'yes' : signs.opaque && VALIDATING_NAME.test(name) ? 'unknown' : 'no'
  return { guard, validator }
}

/** true when a body is checked against a schema inside this function itself */
export const validatesItself = (world: World, value: Value): boolean => {
  const inner = unwrap(world, value)
  if (inner.kind !== 'closure') return false
  const signs = noSigns()
  collect(world, inner, signs, new Set(), DEEPEST - 1)
  return signs.validates
}

/** Signs of a function of which nothing is known but its code. */
export const signsOf = (world: World, closure: Closure): Signs => {
  const signs = noSigns()
  collect(world, closure, signs, new Set(), 0)
  return signs
}

/**
 * Signs of a function whose arguments are known: its variables and conditions are followed too, and what they rule
 * out is left out.
 */
export const readSigns = (world: World, closure: Closure, args: readonly Value[]): Signs => {
  const signs = noSigns()
  collect(world, closure, signs, new Set(), 0, args)
  return signs
}

/** @param args null: nothing is known of them, so what depends on them is not followed */
const collect = (
  world: World,
  closure: Closure,
  signs: Signs,
  seen: Set<ts.Node>,
  depth: number,
  args: readonly Value[] | null = null,
) => {
  const { body } = closure.node
  if (body === undefined || seen.has(closure.node) || depth >= DEEPEST) return
  seen.add(closure.node)
  const scope = args === null ? world.scopeInside(closure) : world.scopeInside(closure, args)
  const own = new Set(closure.node.parameters.map(({ name }) => name.getText()))
  const visit = (node: ts.Node): void => {
    if (args !== null && isRuledOut(world, node, scope)) return
    look(node, signs)
    if (ts.isReturnStatement(node) && node.expression?.kind !== ts.SyntaxKind.TrueKeyword)
      signs.answersOther = true
    if (ts.isBlock(node)) {
      visitInOrder(world, node.statements, { scope, own, whole: args !== null }, visit)
      return
    }
    if (ts.isCallExpression(node)) {
      const handsOver = node.arguments.some((argument) => own.has(argument.getText()))
      lookAtCall(world, node, { scope, signs, seen, depth, handsOver, whole: args !== null })
    }
    ts.forEachChild(node, visit)
  }
  visit(body)
}

/** `isPublic || super.canActivate(context)`, where the left side decides */
const isRuledOut = (world: World, node: ts.Node, scope: Scope): boolean => {
  if (!ts.isBinaryExpression(node)) return false
  const { kind } = node.operatorToken
  if (kind !== ts.SyntaxKind.BarBarToken && kind !== ts.SyntaxKind.AmpersandAmpersandToken) return false
  return truthOf(world.evaluateIn(node.left, scope)) === (kind === ts.SyntaxKind.BarBarToken)
}

type Inside = { scope: Scope; own: ReadonlySet<string>; whole: boolean }

/** Leaves out what a condition on known values leaves out: `if (permission === NONE) return next()`. */
const visitInOrder = (
  world: World,
  statements: readonly ts.Statement[],
  { scope, own, whole }: Inside,
  visit: (node: ts.Node) => void,
) => {
  for (const statement of statements) {
    if (ts.isVariableStatement(statement) && (whole || !mentions(statement, own)))
      world.declareIn(statement, scope)
    const truth =
      ts.isIfStatement(statement) && (whole || !callsSomething(statement.expression))
        ? truthOf(world.evaluateIn(statement.expression, scope))
        : null
    if (!ts.isIfStatement(statement) || truth === null) {
      visit(statement)
      continue
    }
    const taken = truth ? statement.thenStatement : statement.elseStatement
    if (taken === undefined) continue
    visit(taken)
    if (ends(taken)) return
  }
}

const callsSomething = (node: ts.Node): boolean =>
  ts.isCallExpression(node) || ts.isNewExpression(node) || (ts.forEachChild(node, callsSomething) ?? false)

/** What comes from the request is unknown anyway, and may cost much to follow. */
export const mentions = (node: ts.Node, names: ReadonlySet<string>): boolean =>
  ts.isAwaitExpression(node) ||
  (ts.isIdentifier(node) && names.has(node.text)) ||
  (ts.forEachChild(node, (child) => mentions(child, names)) ?? false)

const ends = (statement: ts.Statement): boolean => {
  const last = ts.isBlock(statement) ? statement.statements.at(-1) : statement
  return last !== undefined && (ts.isReturnStatement(last) || ts.isThrowStatement(last))
}

type Looking = {
  scope: Scope
  signs: Signs
  seen: Set<ts.Node>
  depth: number
  handsOver: boolean
  whole: boolean
}

const lookAtCall = (world: World, node: ts.CallExpression, at: Looking) => {
  const { expression } = node
  const { signs } = at
  if (ts.isPropertyAccessExpression(expression) && VALIDATING_CALLS.has(expression.name.text))
    signs.validates = true
  if (!ts.isIdentifier(expression) && !ts.isPropertyAccessExpression(expression)) return
  for (const target of optionsOf(world.evaluateIn(expression, at.scope))) {
    const given = at.whole ? node.arguments.map((each) => world.evaluateIn(each, at.scope)) : null
    if (target.kind === 'closure') collect(world, target, signs, at.seen, at.depth + 1, given)
    if (target.kind === 'external') {
      if (guards(target)) {
        signs.guards = true
        for (const each of carriedTo(
          world,
          target,
          given ?? node.arguments.map((one) => world.evaluateIn(one, at.scope)),
        ))
          signs.looksFor.add(each)
      } else if (VALIDATORS.has(target.package)) signs.validates = true
    }
    if (target.kind === 'unknown' && at.handsOver && !isNext(expression)) signs.opaque = true
  }
}

const isNext = (expression: ts.Expression) =>
  ts.isIdentifier(expression) && /^(?:next|done|cb)$/.test(expression.text)

/** One answer for all that stands before a handler: a certain yes wins, then a doubt. */
export const joinJudged = (all: readonly Judged[]): Judged => {
  const join = (pick: (judged: Judged) => Tristate): Tristate => {
    const said = all.map(pick)
    return said.includes('yes') ? 'yes' : said.includes('unknown') ? 'unknown' : 'no'
  }
  return { guard: join((each) => each.guard), validator: join((each) => each.validator) }
}
