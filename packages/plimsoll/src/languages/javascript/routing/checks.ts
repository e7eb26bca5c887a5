import ts from 'typescript'
import {
  type Closure,
  constant,
  type External,
  optionsOf,
  type Scope,
  textOf,
  type Value,
  type World,
} from '../code/code.ts'
import { linksOf } from '../schemas/chain.ts'
import type { Schema } from '../schemas/schema.ts'
import { decide, elementOf, type Inside, sourceOf } from './inside.ts'
import { mentions } from './judge-middleware.ts'
import { VALIDATORS } from './packages.ts'
import { addChecked, type Checked, nested, partOf, splitRequest } from './parts.ts'
import type { Style } from './reads.ts'
import { createSources, type Source, type Sources } from './sources.ts'

/** What reads the schemas that checks are made with. */
export type Reader = {
  /** JSON Schema of a validator; null where it is none */
  schema(value: Value): Schema | null
  /** true for a value that a validator made */
  isSchema(value: Value): boolean
  /** what a chain of express-validator checks */
  chain(value: External): Checked
}

const DEEPEST = 3
const MOST_ITEMS = 6
/** A quick look at the text of a function: without such a word it checks nothing. */
const CHECKING = /pars|valid|attempt|assert|check|cast|decode|compile/i
const PARSING = new Set([
  'parse',
  'safeParse',
  'parseAsync',
  'safeParseAsync',
  'spa',
  'validate',
  'validateAsync',
  'validateSync',
  'isValid',
  'isValidSync',
  'cast',
  'decode',
  'Check',
  'Parse',
  'Decode',
])

/** What a middleware or a handler checks of a request before it goes on, where that is certain. */
export const checksOf = (world: World, value: Value, style: Style, reader: Reader): Checked => {
  const options = optionsOf(value)
  const [only] = options
  if (only === undefined || options.length > 1) return {}
  if (only.kind === 'external') return ofPackage(only, reader)
  return only.kind === 'closure' ? ofFunction(world, only, [style], reader) : {}
}

/** `celebrate({ body })`, `validateRequest({ query })`, `validateRequestBody(schema)`. */
const ofPackage = (value: External, reader: Reader): Checked => {
  if (value.package === 'express-validator') return reader.chain(value)
  if (!VALIDATORS.has(value.package) && !/valid|zod|joi|schema/i.test(value.package)) return {}
  const [given] = value.args
  if (given === undefined) return {}
  if (given.kind === 'dictionary' && !reader.isSchema(given)) {
    return addChecked(
      ...[...given.fields].map(([name, inner]): Checked => {
        const part = partOf(name)
        const schema = part === null ? null : reader.schema(inner)
        return part === null || schema === null ? {} : { [part]: [schema] }
      }),
    )
  }
  const [name = ''] = value.path.filter((each) => each !== '()').slice(-1)
  const part = partOf(/(body|query|params|headers)$/i.exec(name)?.[1]?.toLowerCase() ?? '')
  const schema = part === null ? null : reader.schema(given)
  return part === null || schema === null ? {} : { [part]: [schema] }
}

/** @param starts what the parameters stand for */
export const ofFunction = (
  world: World,
  closure: Closure,
  starts: readonly (Source | null)[],
  reader: Reader,
): Checked => {
  const found: Checked[] = []
  const seen = new Set<ts.Node>()

  const enter = (
    inner: Closure,
    given: readonly (Source | null)[],
    args: readonly Value[] | null,
    depth: number,
  ) => {
    const { body, parameters } = inner.node
    if (body === undefined || depth > DEEPEST || seen.has(inner.node) || !CHECKING.test(body.getText()))
      return
    seen.add(inner.node)
    const scope = args === null ? world.scopeInside(inner) : world.scopeInside(inner, args)
    const sources: Sources = createSources({ textOf: (key) => textOf(world.evaluateIn(key, scope)) })
    parameters.forEach(({ name }, index) => {
      const source = given[index]
      if (source !== undefined && source !== null) sources.bind(name, source)
    })
    const own = new Set(parameters.map(({ name }) => name.getText()))
    visit(body, { scope, sources, own, certain: true }, depth)
    seen.delete(inner.node)
  }

  const add = (source: Source, value: Value, { certain }: Inside) => {
    const schema = certain ? reader.schema(value) : null
    if (schema === null) return
    if (source === 'request' || source === 'context') found.push(splitRequest(schema))
    else if (source.startsWith('body')) {
      const path = source.split('.').slice(1)
      if (!path.some((part) => /^\d+$/.test(part))) found.push({ body: [nested(path, schema)] })
    } else if (source === 'query' || source === 'params' || source === 'headers')
      found.push({ [source]: [schema] })
  }

  const look = (node: ts.CallExpression, at: Inside, depth: number) => {
    const given = node.arguments.map((argument) => sourceOf(argument, at))
    const index = given.findIndex((source) => source !== null)
    const source = given[index]
    if (source === undefined || source === null) return
    const { expression } = node
    if (ts.isPropertyAccessExpression(expression) && PARSING.has(expression.name.text)) {
      const target = world.evaluateIn(expression.expression, at.scope)
      if (reader.isSchema(target)) {
        add(source, target, at)
        return
      }
    }
    if (!ts.isIdentifier(expression) && !ts.isPropertyAccessExpression(expression)) return
    const target = world.evaluateIn(expression, at.scope)
    const others = () =>
      node.arguments.map((argument, place) =>
        place === index ? constant(undefined) : world.evaluateIn(argument, at.scope),
      )
    if (target.kind === 'external') {
      const compiled = linksOf(target).find(({ names }) => /^compile$/i.test(names.at(-1) ?? ''))?.args?.[0]
      const schema = [...(compiled === undefined ? [] : [compiled]), ...others()].find((each) =>
        isRead(each, reader),
      )
      if (schema !== undefined && VALIDATORS.has(target.package)) add(source, schema, at)
    } else if (target.kind === 'closure' && at.certain) {
      enter(target, given, others(), depth + 1)
    }
  }

  const visitEach = (
    node: ts.Node,
    closureOrName: ts.Node,
    items: readonly Value[],
    at: Inside,
    depth: number,
  ) => {
    for (const item of items.slice(0, MOST_ITEMS)) {
      const scope = scopeWith(world, closureOrName, item, at.scope)
      const sources: Sources = {
        ...at.sources,
        of: (expression) => elementOf(world, expression, scope, at.sources) ?? at.sources.of(expression),
      }
      visit(node, { ...at, scope, sources }, depth)
    }
  }

  const visitAll = (statements: readonly ts.Statement[], at: Inside, depth: number) => {
    for (const statement of statements) {
      if (ts.isVariableStatement(statement) && !mentions(statement, at.own))
        world.declareIn(statement, at.scope)
      visit(statement, at, depth)
    }
  }

  const visit = (node: ts.Node, at: Inside, depth: number): void => {
    if (ts.isBlock(node)) {
      visitAll(node.statements, at, depth)
      return
    }
    if (ts.isIfStatement(node)) {
      const truth = decide(world, node.expression, at)
      visit(node.expression, at, depth)
      visit(node.thenStatement, { ...at, certain: at.certain && truth === true }, depth)
      if (node.elseStatement !== undefined)
        visit(node.elseStatement, { ...at, certain: at.certain && truth === false }, depth)
      return
    }
    if (ts.isVariableDeclaration(node) && node.initializer !== undefined) {
      const source = sourceOf(node.initializer, at)
      if (source !== null) at.sources.bind(node.name, source)
    }
    if (ts.isForOfStatement(node) && ts.isVariableDeclarationList(node.initializer)) {
      const [declared] = node.initializer.declarations
      const items = world.items(world.evaluateIn(node.expression, at.scope))
      if (declared !== undefined && items !== null) visitEach(node.statement, declared.name, items, at, depth)
      return
    }
    const undecided =
      ts.isConditionalExpression(node) ||
      ts.isSwitchStatement(node) ||
      ts.isCatchClause(node) ||
      isShort(node)
    const inner = undecided ? { ...at, certain: false } : at
    if (ts.isCallExpression(node)) {
      const callback = eachOf(node)
      const items = callback === null ? null : world.items(world.evaluateIn(callback.list, at.scope))
      if (callback !== null && items !== null) {
        visitEach(callback.node.body, callback.node, items, at, depth)
        return
      }
      look(node, at, depth)
    }
    ts.forEachChild(node, (child) => visit(child, inner, depth))
  }

  enter(closure, starts, null, 0)
  return addChecked(...found)
}

const isRead = (value: Value, reader: Reader) => reader.isSchema(value)

const isShort = (node: ts.Node) =>
  ts.isBinaryExpression(node) &&
  [ts.SyntaxKind.AmpersandAmpersandToken, ts.SyntaxKind.BarBarToken].includes(node.operatorToken.kind)

/** `['body', 'query'].forEach((part) => …)` */
const eachOf = ({ expression, arguments: [callback] }: ts.CallExpression) => {
  if (
    !ts.isPropertyAccessExpression(expression) ||
    !/^(?:forEach|map|every|some)$/.test(expression.name.text)
  )
    return null
  if (callback === undefined || !(ts.isArrowFunction(callback) || ts.isFunctionExpression(callback)))
    return null
  return { list: expression.expression, node: callback }
}

/** A scope in which a name, or the first parameter of a callback, is one item. */
const scopeWith = (world: World, node: ts.Node, item: Value, scope: Scope): Scope => {
  if (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) {
    const closure = world.evaluateIn(node, scope)
    return closure.kind === 'closure' ? world.scopeInside(closure, [item]) : scope
  }
  const bindings = new Map(
    ts.isIdentifier(node) ? [[node.text, { value: item, lazy: null, node: null, depth: 0 }]] : [],
  )
  return { parent: scope, file: scope.file, bindings, isFunction: false }
}
