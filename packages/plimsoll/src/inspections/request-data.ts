import ts from 'typescript'
import { around, bare, functionAround, keyOf, nameOf, nodesOf } from '../instruments/source/script-nodes.ts'

/** Where the value of an expression comes from, when it comes from outside of the function. */
export type Origin = {
  /** `request`: the client sends it; `parameter`: whoever calls the function gives it */
  from: 'request' | 'parameter'
  /** `req.params.id` */
  text: string
}

const REQUEST_NAME = /^_?(?:req|request|ctx|context|c)$/
const REQUEST_PART =
  /^(?:body|rawBody|query|params|headers|cookies|files?|url|originalUrl|path|hostname|querystring|payload)$/
const REQUEST_METHOD = /^(?:param|params|query|queries|header|headers|get|json|text|parseBody|formData)$/
const DECORATORS = new Set(['Body', 'Query', 'Param', 'Headers', 'RawBody', 'UploadedFile', 'Args'])
const HARMLESS_TYPE = /^(?:number|boolean|bigint|Date)$/
/** Methods of a text whose result still holds it. */
const KEEPS =
  /^(?:trim|trimStart|trimEnd|toLowerCase|toUpperCase|toString|valueOf|slice|substring|substr|replace|replaceAll|split|concat|padStart|padEnd|join|normalize|at|charAt|pop|shift|map|filter|reverse|repeat|decode)$/
const PASSES =
  /^(?:String|decodeURIComponent|decodeURI|unescape|JSON\.parse|JSON\.stringify|(?:path\.)?(?:join|resolve|normalize)|Buffer\.from|atob|Object\.(?:values|keys|entries|assign))$/

/** What a function given to `map` may do, after which nothing of the text is left to fear: escape it, or count it. */
const MAKES_HARMLESS =
  /=>[\s\S]*(?:escape|quote|ident|encode|\$\$\{|['"`]\?['"`])|^(?:Number|parseInt|Boolean)$/i

type Declared = { node: ts.VariableDeclaration | ts.ParameterDeclaration; path: string[] }

const declarations = new WeakMap<ts.Node, Map<string, Declared[]>>()

const bindNames = (
  name: ts.BindingName,
  node: Declared['node'],
  path: string[],
  bind: (name: string, declared: Declared) => void,
) => {
  if (ts.isIdentifier(name)) return bind(name.text, { node, path })
  for (const one of name.elements) {
    if (ts.isOmittedExpression(one)) continue
    const key = one.propertyName ?? one.name
    const step =
      ts.isObjectBindingPattern(name) && !ts.isObjectBindingPattern(key) && !ts.isArrayBindingPattern(key)
    bindNames(one.name, node, step ? [...path, keyOf(key) ?? ''] : path, bind)
  }
}

/** What a function (or the file) declares itself, without the functions inside of it. */
const declaredIn = (scope: ts.Node): Map<string, Declared[]> => {
  const before = declarations.get(scope)
  if (before !== undefined) return before
  const found = new Map<string, Declared[]>()
  const bind = (name: string, declared: Declared) => found.set(name, [...(found.get(name) ?? []), declared])
  const visit = (node: ts.Node) => {
    if (ts.isVariableDeclaration(node)) bindNames(node.name, node, [], bind)
    if (node !== scope && ts.isFunctionLike(node)) return
    if (ts.isParameter(node)) bindNames(node.name, node, [], bind)
    ts.forEachChild(node, visit)
  }
  visit(scope)
  declarations.set(scope, found)
  return found
}

const isWithin = (node: ts.Node, block: ts.Node) => node.pos >= block.pos && node.end <= block.end

const blockOf = ({ node }: Declared): ts.Node =>
  ts.isParameter(node) ? node.parent : (node.parent.parent?.parent ?? node.parent)

/** The declarations that a name may mean where it is used. */
export const declaredBy = (use: ts.Identifier): readonly Declared[] => {
  for (const at of around(use)) {
    if (!ts.isFunctionLike(at) && !ts.isSourceFile(at)) continue
    const seen = (declaredIn(at).get(use.text) ?? []).filter((one) => isWithin(use, blockOf(one)))
    if (seen.length > 0) return seen
  }
  return []
}

/** Expressions that are assigned to the name in the same function before it is used, `+=` included. */
export const assignedTo = (use: ts.Identifier): ts.Expression[] => {
  const scope = functionAround(use) ?? use.getSourceFile()
  const found: ts.Expression[] = []
  for (const node of nodesOf(scope)) {
    if (!ts.isBinaryExpression(node) || node.pos >= use.pos) continue
    const { kind } = node.operatorToken
    if (kind !== ts.SyntaxKind.EqualsToken && kind !== ts.SyntaxKind.PlusEqualsToken) continue
    if (ts.isIdentifier(node.left) && node.left.text === use.text) found.push(node.right)
  }
  return found
}

const CHECKS =
  /(?:^|\.)(?:includes|has|indexOf|hasOwn|hasOwnProperty|test|match|isUUID|isUuid|validate|isValid\w*|isInteger|isSafeInteger|isNaN|isFinite|isNumeric|isInt|isAlphanumeric|isMongoId|assert\w*|check\w*|sanitize\w*|escape\w*|parse|safeParse|parseAsync|verify\w*)$/

const isCheck = (call: ts.CallExpression) => {
  const name = nameOf(call.expression)
  return CHECKS.test(name) && name !== 'JSON.parse'
}

/** The function holds the text against a list, a pattern or a schema before it uses it: whether well is not read. */
const isChecked = (text: string, use: ts.Node): boolean => {
  const scope = functionAround(use)
  if (scope === null) return false
  for (const node of nodesOf(scope)) {
    if (node.pos >= use.pos && !isWithin(use, node)) continue
    if (ts.isCallExpression(node) && !isWithin(use, node) && isCheck(node)) {
      const subject = ts.isPropertyAccessExpression(node.expression)
        ? node.expression.expression.getText()
        : ''
      if (subject === text || node.arguments.some((one) => one.getText() === text)) return true
    }
    if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.InKeyword)
      if (node.left.getText() === text) return true
    if (ts.isSwitchStatement(node) && node.expression.getText() === text && isWithin(use, node)) return true
  }
  return false
}

const decoratorsOf = (node: ts.ParameterDeclaration) =>
  (ts.getDecorators(node) ?? []).flatMap(({ expression }) =>
    ts.isCallExpression(expression) ? [{ name: nameOf(expression.expression), call: expression }] : [],
  )

const ofDecorated = (node: ts.ParameterDeclaration, text: string): Origin | null => {
  const given = decoratorsOf(node).find(({ name }) => DECORATORS.has(name))
  if (given === undefined) return null
  const piped = given.call.arguments.some((one) => /Parse\w+Pipe|ZodValidation/.test(one.getText()))
  const typed = node.type !== undefined && HARMLESS_TYPE.test(node.type.getText())
  return piped || typed ? null : { from: 'request', text }
}

const isHandler = (fn: ts.Node): boolean => {
  const { parent } = fn
  if (ts.isCallExpression(parent) && ts.isPropertyAccessExpression(parent.expression))
    return /^(?:get|post|put|patch|delete|del|all|use|route|handle|head)$/.test(parent.expression.name.text)
  return ts.isPropertyAssignment(parent) && keyOf(parent.name) === 'handler'
}

const ofParameter = ({ node, path }: Declared, text: string): Origin | null => {
  if (!ts.isParameter(node)) return null
  const decorated = ofDecorated(node, text)
  if (decorated !== null || decoratorsOf(node).length > 0) return decorated
  const fn = node.parent
  const [first = ''] = path
  const named = ts.isIdentifier(node.name) && REQUEST_NAME.test(node.name.text)
  if (named) return null
  if (path.length > 0 && REQUEST_PART.test(first) && fn.parameters[0] === node && isHandler(fn))
    return { from: 'request', text }
  if (node.type !== undefined && !/^(?:string|any|unknown)$/.test(node.type.getText())) return null
  if (path.length > 0 || node.initializer !== undefined) return null
  return { from: 'parameter', text }
}

const isRequest = (node: ts.Expression): boolean => {
  const plain = bare(node)
  if (ts.isIdentifier(plain))
    return REQUEST_NAME.test(plain.text) && declaredBy(plain).some((one) => ts.isParameter(one.node))
  if (!ts.isPropertyAccessExpression(plain)) return false
  return /^(?:request|req)$/.test(plain.name.text) && isRequest(plain.expression)
}

const isPartOfRequest = (node: ts.Expression): boolean => {
  if (ts.isPropertyAccessExpression(node))
    return REQUEST_PART.test(node.name.text) && isRequest(node.expression)
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false
  return REQUEST_METHOD.test(node.expression.name.text) && isRequest(node.expression.expression)
}

/** How far to follow, and whether a value that was checked on the way is let go. */
type Walk = { hops: number; letsGo: boolean }

const MOST_HOPS = 8
const shorter = (walk: Walk): Walk => ({ ...walk, hops: walk.hops - 1 })

const originOfName = (use: ts.Identifier, walk: Walk): Origin | null => {
  for (const declared of declaredBy(use)) {
    const given = ofParameter(declared, use.text)
    if (given !== null) return given
    const { node, path } = declared
    if (ts.isParameter(node) || node.initializer === undefined) continue
    if (path.length > 0 && REQUEST_PART.test(path[0] ?? '') && isRequest(node.initializer))
      return { from: 'request', text: path.join('.') }
    const origin = trace(node.initializer, shorter(walk))
    if (origin !== null) return { ...origin, text: [origin.text, ...path].join('.') }
  }
  for (const value of assignedTo(use)) {
    const origin = trace(value, shorter(walk))
    if (origin !== null) return origin
  }
  return null
}

const firstOf = (nodes: readonly ts.Expression[], walk: Walk): Origin | null => {
  for (const node of nodes) {
    const origin = trace(node, walk)
    if (origin !== null) return origin
  }
  return null
}

const originOfCall = (node: ts.CallExpression, walk: Walk): Origin | null => {
  const name = nameOf(node.expression)
  if (PASSES.test(name)) return firstOf(node.arguments, walk)
  if (node.arguments.some((one) => MAKES_HARMLESS.test(one.getText()))) return null
  if (ts.isPropertyAccessExpression(node.expression) && KEEPS.test(node.expression.name.text))
    return trace(node.expression.expression, walk)
  return null
}

const JOINS = new Set([
  ts.SyntaxKind.PlusToken,
  ts.SyntaxKind.BarBarToken,
  ts.SyntaxKind.QuestionQuestionToken,
])

const trace = (expression: ts.Expression, walk: Walk): Origin | null => {
  if (walk.hops <= 0) return null
  const node = bare(expression)
  if (isPartOfRequest(node)) return { from: 'request', text: node.getText().slice(0, 60) }
  if (ts.isIdentifier(node))
    return walk.letsGo && isChecked(node.text, node) ? null : originOfName(node, walk)
  if (ts.isPropertyAccessExpression(node)) {
    if (node.name.text === 'length' || (walk.letsGo && isChecked(node.getText(), node))) return null
    const origin = trace(node.expression, walk)
    return origin?.from === 'request' ? { from: 'request', text: node.getText().slice(0, 60) } : null
  }
  if (ts.isElementAccessExpression(node)) {
    if (walk.letsGo && isChecked(node.getText(), node)) return null
    const origin = trace(node.expression, walk)
    return origin?.from === 'request' ? origin : null
  }
  if (ts.isTemplateExpression(node))
    return firstOf(
      node.templateSpans.map((span) => span.expression),
      walk,
    )
  if (ts.isBinaryExpression(node) && JOINS.has(node.operatorToken.kind))
    return firstOf([node.left, node.right], walk)
  if (ts.isConditionalExpression(node)) return firstOf([node.whenTrue, node.whenFalse], walk)
  if (ts.isCallExpression(node)) return originOfCall(node, walk)
  if (ts.isArrayLiteralExpression(node)) return firstOf(node.elements, walk)
  if (ts.isObjectLiteralExpression(node))
    return firstOf(
      node.properties.flatMap((one) => (ts.isPropertyAssignment(one) ? [one.initializer] : [])),
      walk,
    )
  if (ts.isSpreadElement(node)) return trace(node.expression, walk)
  return null
}

/**
 * Follows a value back inside its function: through constants, destructuring, templates and text methods. A value that
 * is turned into a number, looked up in a table, checked or given to an unknown function is not followed.
 */
export const originOf = (expression: ts.Expression): Origin | null =>
  trace(expression, { hops: MOST_HOPS, letsGo: true })

/** As `originOf`, also where the value is checked: who sent it is the question, not what is in it. */
export const senderOf = (expression: ts.Expression): Origin | null =>
  trace(expression, { hops: MOST_HOPS, letsGo: false })
